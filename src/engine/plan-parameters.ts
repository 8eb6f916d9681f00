/** The complete parameters of a stage: what the user set, and the pack's defaults for the rest. */
import { SluiceError } from '#shared/errors';
import type { StageSpec } from '#shared/pack-manifest';
import type { StageOverrides, StageParameters } from '#shared/stage-parameters';
import { logSnrSchema, type LogSnr } from '#shared/units';

/** Throws `invalid-shot` for an augmentation that the stage does not know or was not trained for. */
export function resolveParameters(spec: StageSpec, overrides: StageOverrides): StageParameters {
  const { defaults } = spec;
  const augmentationLogSnr = resolveAugmentation(spec, overrides.augmentationLogSnr);
  return {
    steps: overrides.steps ?? defaults.steps,
    sampler: overrides.sampler ?? defaults.sampler,
    guidance: overrides.guidance ?? defaults.guidance,
    thresholding: overrides.thresholding ?? defaults.thresholding,
    ...(augmentationLogSnr !== undefined && { augmentationLogSnr }),
  };
}

function resolveAugmentation(spec: StageSpec, asked: LogSnr | undefined): LogSnr | undefined {
  const range = spec.lowRes?.augmentation;
  if (range === undefined) {
    if (asked === undefined) return undefined;
    throw invalid(
      spec,
      `Stage "${spec.id}" adds no noise to its input, so it has no augmentation level. Leave it out.`,
    );
  }
  const logSnr = asked ?? spec.defaults.augmentationLogSnr ?? logSnrSchema.parse(range.default);
  if (logSnr >= range.logSnrMin && logSnr <= range.logSnrMax) return logSnr;
  throw invalid(
    spec,
    `Stage "${spec.id}" was given the augmentation log-SNR ${logSnr}. It was trained for ${range.logSnrMin} to ` +
      `${range.logSnrMax}: stay within them.`,
  );
}

function invalid(spec: StageSpec, message: string): SluiceError {
  return new SluiceError('invalid-shot', message, { details: { stage: spec.id } });
}
