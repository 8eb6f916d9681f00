/** A stage made ready to run: everything that is the same in all of its steps, worked out or read once. */
import { rgbChannels, lengthOf, zeroClip, type Clip } from './clip';
import { loadGivenFrames, takesGivenFrames, type GivenFrames } from './given-frames';
import { openLowRes, type LowResInput } from './low-res';
import type { NoiseLevel } from './noise-level';
import type { PlannedStep } from './plan';
import { planSteps } from './plan-steps';
import { samplerOf, type Sampler } from './samplers/table';
import { noiseLevels } from './schedule';
import { heldBytes } from './stage-memory';
import type { StageRun } from './stage-run';
import { planWindows, runsInUse, type Cut, type StageWindows } from './windows';

export interface OpenStage {
  readonly run: StageRun;
  readonly steps: readonly PlannedStep[];
  readonly levels: readonly NoiseLevel[];
  readonly sampler: Sampler;
  readonly windows: StageWindows;
  readonly lowRes: LowResInput | undefined;
  readonly given: GivenFrames | undefined;
  /**
   * As long as the longest run of frames, shown and core. Reused, so that a step of a long clip allocates nothing of its size. z of
   * several runs, because the next ones are made ready while one is computed.
   */
  readonly buffers: { readonly z: readonly Clip[]; readonly xHat: Clip };
}

/** Throws what `planSteps`, `planWindows` and the sources of frames throw. */
export async function openStage(run: StageRun): Promise<OpenStage> {
  const { spec, parameters, input } = run;
  const steps = planSteps(spec, parameters, run.negativePrompt);
  const givenFrames = takesGivenFrames(spec) ? run.given : [];
  const windows = planWindows(spec, input, run.memoryBytes - heldBytes(spec, input, givenFrames.length));
  const { height, width } = spec.output;
  return {
    run,
    steps,
    levels: noiseLevels(spec.schedule, parameters.steps),
    sampler: samplerOf(parameters.sampler),
    windows,
    lowRes: openLowRes(run),
    given: takesGivenFrames(spec) ? await loadGivenFrames(spec, givenFrames) : undefined,
    buffers: {
      z: Array.from({ length: Math.min(runsInUse, windows.runs.length) }, () =>
        zeroClip(longest(windows.runs, 'shown'), rgbChannels, height, width),
      ),
      xHat: zeroClip(longest(windows.runs, 'core'), rgbChannels, height, width),
    },
  };
}

function longest(runs: readonly Cut[], part: 'core' | 'shown'): number {
  return Math.max(...runs.map((run) => lengthOf(run[part])));
}
