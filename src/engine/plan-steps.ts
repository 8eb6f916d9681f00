/** The steps of a stage before it runs: noise levels, guidance weights and evaluations, checked against what the stage can do. */
import { SluiceError } from '#shared/errors';
import type { StageSpec } from '#shared/pack-manifest';
import type { StageParameters } from '#shared/stage-parameters';
import { branchShares, guidanceWeight } from './guidance';
import { suitsSchedule } from './parameterisation';
import type { PlannedStep } from './plan';
import { evaluationsOf, samplerOf } from './samplers/table';
import { isFlowSchedule, noiseLevels } from './schedule';

/**
 * `negativePrompt`: whether there is one, which takes a distilled stage a second evaluation.
 * Throws `invalid-shot` for parameters that the stage cannot run with, `pack-invalid` where the stage contradicts itself.
 */
export function planSteps(
  spec: StageSpec,
  parameters: StageParameters,
  negativePrompt: boolean,
): readonly PlannedStep[] {
  requireConsistent(spec);
  const sampler = samplerOf(parameters.sampler);
  if (sampler.flowOnly && !isFlowSchedule(spec.schedule))
    throw invalid(
      spec,
      `The sampler "${parameters.sampler.kind}" integrates flows, but the noise of stage "${spec.id}" is not a flow's. ` +
        'Use ddim, ancestral or stochastic-n-step for it.',
    );
  const levels = noiseLevels(spec.schedule, parameters.steps);
  return Array.from({ length: parameters.steps }, (_, step) => {
    const weight = guidanceWeight(parameters.guidance, step, parameters.steps);
    requireSupported(spec, weight, step);
    const branches = branchShares(spec.guidance, weight, negativePrompt).length;
    const isLast = step === parameters.steps - 1;
    return {
      step,
      logSnrFrom: levels[step]?.logSnr ?? NaN,
      logSnrTo: isLast ? Infinity : (levels[step + 1]?.logSnr ?? NaN),
      guidanceWeight: weight,
      evaluations: branches * evaluationsOf(sampler, levels, step).length,
    };
  });
}

function requireConsistent({ id, parameterisation, schedule }: StageSpec): void {
  if (suitsSchedule(parameterisation, schedule)) return;
  throw new SluiceError(
    'pack-invalid',
    `Stage "${id}" predicts ${parameterisation} on a ${schedule.kind} schedule; that formula does not hold there. ` +
      'Its pack needs a corrected manifest.',
    { details: { stage: id } },
  );
}

function requireSupported(spec: StageSpec, weight: number, step: number): void {
  const { guidance } = spec;
  if (guidance.kind === 'classifier-free') return;
  const [least, most] = guidance.kind === 'distilled' ? [guidance.weightMin, guidance.weightMax] : [0, 0];
  if (weight >= least && weight <= most) return;
  const remedy =
    guidance.kind === 'distilled'
      ? `It was distilled for weights from ${least} to ${most}: stay within them.`
      : 'It was trained without guidance: set its weight to 0.';
  throw invalid(spec, `Stage "${spec.id}" cannot take guidance weight ${weight} (step ${step + 1}). ${remedy}`);
}

function invalid(spec: StageSpec, message: string): SluiceError {
  return new SluiceError('invalid-shot', message, { details: { stage: spec.id } });
}
