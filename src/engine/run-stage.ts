/**
 * One stage of the cascade, from noise to 8-bit frames.
 *
 * Step-major, window-minor: a step sweeps over all windows before the next one begins, so every window sees the same z and the
 * clip is never in memory at once. A step is one evaluation of the denoiser or two, as its sampler says; the last one gives
 * the frames.
 */
import { sweepWindows } from './evaluation-sweep';
import { openStage, type OpenStage } from './open-stage';
import type { PlannedStep } from './plan';
import { PreviewGatherer } from './preview';
import { evaluationsOf } from './samplers/table';
import type { StageRun, StageRunEvent, StageRunResult } from './stage-run';

/**
 * Takes the steps that are left of a stage. Every frame goes to the sink once, in order, in the last step.
 * Throws `network-not-finite`, `out-of-memory`, `pack-invalid`, `invalid-shot`, what the ports throw, and the signal's reason.
 */
export async function* runStage(run: StageRun): AsyncGenerator<StageRunEvent, StageRunResult> {
  const stage = await openStage(run);
  const steps = stage.steps.slice(run.latents.stepsTaken);
  for (const step of steps) {
    yield* takeStep(stage, step);
    if (step !== stage.steps.at(-1)) await run.latents.advance(step.step + 1);
  }
  const windows = stage.windows.runs.length * stage.windows.tiles.length;
  return { evaluations: windows * steps.reduce((sum, step) => sum + step.evaluations, 0) };
}

async function* takeStep(stage: OpenStage, step: PlannedStep): AsyncGenerator<StageRunEvent, void> {
  const { spec, previewPixels } = stage.run;
  const preview = previewPixels === 0 ? undefined : new PreviewGatherer(spec.output, previewPixels);
  const evaluations = evaluationsOf(stage.sampler, stage.levels, step.step);
  const total = evaluations.length * stage.windows.runs.length * stage.windows.tiles.length;
  let done = 0;
  const progress = (): StageRunEvent => ({
    kind: 'progress',
    step: step.step,
    steps: stage.steps.length,
    done: ++done,
    total,
  });
  for (const evaluation of evaluations) {
    const leadsOn = evaluation === evaluations.at(-1);
    const result = !leadsOn ? 'predictor' : step === stage.steps.at(-1) ? 'frames' : 'next';
    yield* sweepWindows({ stage, step, evaluation, result, preview: leadsOn ? preview : undefined, progress });
  }
  if (preview !== undefined) yield { kind: 'preview', step: step.step, preview: preview.preview() };
}
