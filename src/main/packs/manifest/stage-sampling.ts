/**
 * Whether each stage's parameterisation, schedule, sampler, guidance and window fit one another, and its defaults their ranges.
 * Which formula holds on which schedule, and which solver is for flows alone, the engine says.
 */
import { suitsSchedule } from '#engine/parameterisation';
import { samplerOf } from '#engine/samplers/table';
import { isFlowSchedule } from '#engine/schedule';
import type { GuidanceCurve } from '#shared/guidance';
import type { PackManifest, StageSpec } from '#shared/pack-manifest';
import type { ManifestProblem } from './problem';

export function* stageSamplingProblems(manifest: PackManifest): Generator<ManifestProblem> {
  for (const [index, stage] of manifest.stages.entries()) {
    const field = `stages[${index}]`;
    yield* familyProblems(field, stage);
    yield* sigmaProblems(field, stage);
    yield* guidanceProblems(field, stage);
    yield* augmentationProblems(field, stage);
    yield* windowProblems(field, stage);
  }
}

function* familyProblems(field: string, stage: StageSpec): Generator<ManifestProblem> {
  if (!suitsSchedule(stage.parameterisation, stage.schedule))
    yield {
      field: `${field}.schedule.kind`,
      value: stage.schedule.kind,
      but: `${stage.parameterisation} is not predicted on such a schedule`,
      remedy: 'Use cosine for v and eps, shifted-linear or sigmas for flows.',
    };
  if (samplerOf(stage.defaults.sampler).flowOnly && !isFlowSchedule(stage.schedule))
    yield {
      field: `${field}.defaults.sampler.kind`,
      value: stage.defaults.sampler.kind,
      but: `it integrates flows, and the schedule is ${stage.schedule.kind}`,
      remedy: 'Use ddim, ancestral or stochastic-n-step.',
    };
}

function* sigmaProblems(field: string, stage: StageSpec): Generator<ManifestProblem> {
  if (stage.schedule.kind !== 'sigmas') return;
  const { sigmas } = stage.schedule;
  const rise = sigmas.findIndex((sigma, i) => i > 0 && sigma >= (sigmas[i - 1] ?? 1));
  if (rise > 0)
    yield {
      field: `${field}.schedule.sigmas[${rise}]`,
      value: sigmas[rise],
      but: `it follows ${sigmas[rise - 1]}`,
      remedy: 'List them from high to low.',
    };
  if (stage.defaults.steps !== sigmas.length - 1)
    yield {
      field: `${field}.defaults.steps`,
      value: stage.defaults.steps,
      but: `${sigmas.length} sigmas make ${sigmas.length - 1} steps`,
      remedy: 'Make the two agree.',
    };
}

function* guidanceProblems(field: string, stage: StageSpec): Generator<ManifestProblem> {
  const curve = stage.defaults.guidance;
  const weights = curveWeights(curve);
  const [least, most] = [Math.min(...weights), Math.max(...weights)];
  if (stage.guidance.kind === 'distilled') {
    const { weightMin, weightMax } = stage.guidance;
    if (weightMin > weightMax || least < weightMin || most > weightMax)
      yield {
        field: `${field}.defaults.guidance`,
        value: curve,
        but: `the network was distilled for weights from ${weightMin} to ${weightMax}`,
        remedy: 'Keep the default inside the range.',
      };
  } else if (stage.guidance.kind === 'none' && (least !== 0 || most !== 0)) {
    yield {
      field: `${field}.defaults.guidance`,
      value: curve,
      but: 'this stage has no guidance',
      remedy: 'Use a constant weight of 0.',
    };
  }
  if (curve.kind === 'oscillating' && Math.max(curve.fromStep, curve.toStep ?? 0) > stage.defaults.steps)
    yield {
      field: `${field}.defaults.guidance`,
      value: curve,
      but: `there are only ${stage.defaults.steps} steps`,
      remedy: 'End the window with the last step.',
    };
}

function curveWeights(curve: GuidanceCurve): readonly number[] {
  switch (curve.kind) {
    case 'constant':
      return [curve.weight];
    case 'oscillating':
      return [curve.high, curve.low];
    case 'curve':
      return curve.points.map((point) => point.weight);
  }
}

function* augmentationProblems(field: string, stage: StageSpec): Generator<ManifestProblem> {
  const chosen = stage.defaults.augmentationLogSnr;
  const offered = stage.lowRes?.augmentation;
  if (chosen === undefined || chosen === offered?.default) return;
  yield {
    field: `${field}.defaults.augmentationLogSnr`,
    value: chosen,
    but:
      offered === undefined ? 'its input is not noise-augmented' : `lowRes.augmentation.default is ${offered.default}`,
    remedy: 'Leave it out or make the two agree.',
  };
}

function* windowProblems(field: string, stage: StageSpec): Generator<ManifestProblem> {
  const { window, output } = stage;
  if (window.kind === 'whole') return;
  if (output.height % window.multipleOf !== 0 || output.width % window.multipleOf !== 0)
    yield {
      field: `${field}.window.multipleOf`,
      value: window.multipleOf,
      but: `${output.width}×${output.height} is not a multiple of it`,
      remedy: 'Use a divisor of both sides.',
    };
  if (window.kind !== 'causal') return;
  for (const [index, state] of window.states.entries())
    if (window.multipleOf % state.cellPixels !== 0)
      yield {
        field: `${field}.window.states[${index}].cellPixels`,
        value: state.cellPixels,
        but: `tiles are multiples of ${window.multipleOf} pixels`,
        remedy: 'Use a divisor of window.multipleOf.',
      };
}
