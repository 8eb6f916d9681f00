/**
 * One evaluation of the denoiser over the whole clip, window by window, and what becomes of its x̂: it is kept in range, what
 * is given is set, and it turns into the latent that follows or, at the end, into frames.
 *
 * Dynamic thresholding needs the quantile of all of x̂ before any of it can be used: x̂ then waits in the store, in the place
 * of the latent that it will become.
 */
import type { Thresholding } from '#shared/guidance';
import { framesOf, lengthOf, rgbChannels, zeroClip, type Clip, type Range } from './clip';
import { DenoiserSweep, type ReadZ } from './denoise';
import { addNoise, mixLatents } from './latent-update';
import { MagnitudeHistogram } from './magnitude-quantile';
import type { OpenStage } from './open-stage';
import { pixelsTo8Bit } from './pixels';
import type { PlannedStep } from './plan';
import type { PreviewGatherer } from './preview';
import { noiseStream } from './random';
import type { Evaluation } from './samplers/sampler';
import type { StageRunEvent } from './stage-run';
import { clipTo, thresholdScale } from './thresholding';
import type { Cut } from './windows';

export interface Sweep {
  readonly stage: OpenStage;
  readonly step: PlannedStep;
  readonly evaluation: Evaluation;
  /** What x̂ is turned into. */
  readonly result: 'next' | 'predictor' | 'frames';
  readonly preview: PreviewGatherer | undefined;
  /** Called once for every window. */
  readonly progress: () => StageRunEvent;
}

/** Yields `progress` for every window that the network has been evaluated on. */
export async function* sweepWindows(sweep: Sweep): AsyncGenerator<StageRunEvent> {
  const { thresholding } = sweep.stage.run.parameters;
  if (thresholding.kind === 'dynamic') yield* thresholdDynamically(sweep, thresholding);
  else yield* thresholdAtOnce(sweep, thresholding.kind === 'static' ? 1 : Infinity);
}

async function* thresholdAtOnce(sweep: Sweep, limit: number): AsyncGenerator<StageRunEvent> {
  yield* denoiseRuns(sweep, limit, ({ core, shown }, xHat, z) => {
    const start = core.from - shown.from;
    return finish(sweep, core, xHat, { [sweep.evaluation.of]: framesOf(z, start, start + xHat.frames) });
  });
}

async function* thresholdDynamically(
  sweep: Sweep,
  { percentile, cap }: DynamicThresholding,
): AsyncGenerator<StageRunEvent> {
  const { stage } = sweep;
  const histogram = new MagnitudeHistogram();
  yield* denoiseRuns(sweep, Infinity, ({ core }, xHat) => {
    histogram.count(xHat.data);
    return stage.run.latents.write('next', core.from, xHat);
  });
  const search = histogram.search(percentile);
  for (const { core } of stage.windows.runs) search.count((await readXHat(stage, core)).data);
  const scale = thresholdScale(search.value(), cap);
  for (const { core } of stage.windows.runs) {
    const xHat = await readXHat(stage, core);
    clipTo(scale, xHat.data);
    await finish(sweep, core, xHat, {});
  }
}

/** Gives `use` x̂ of every run of frames, clipped to ±`limit`, with z of the frames shown; both memories are used again after it. */
async function* denoiseRuns(
  sweep: Sweep,
  limit: number,
  use: (frames: Cut, xHat: Clip, z: Clip) => Promise<void>,
): AsyncGenerator<StageRunEvent> {
  const { stage, step, evaluation } = sweep;
  const { z, xHat: buffer } = stage.buffers;
  const denoiser = new DenoiserSweep(stage, step, evaluation.at);
  const readZ: ReadZ = (frames, run) => readLatent(sweep, evaluation.of, frames, z[run % z.length]);
  for await (const window of denoiser.windows(readZ)) {
    const xHat = firstFrames(buffer, window.frames.core);
    await denoiser.writeXHat(xHat, window, limit);
    yield sweep.progress();
    if (window.endsRun) await use(window.frames, xHat, window.zT);
  }
}

type DynamicThresholding = Extract<Thresholding, { kind: 'dynamic' }>;

/** Where x̂ waited for the quantile. */
async function readXHat({ run, buffers }: OpenStage, frames: Range): Promise<Clip> {
  const xHat = firstFrames(buffers.xHat, frames);
  await run.latents.read('next', frames.from, xHat);
  return xHat;
}

type Latent = Evaluation['of'];

/** Turns x̂, in place, into what the sweep is for. `known`: latents of the same frames that are in memory already. */
async function finish(sweep: Sweep, frames: Range, xHat: Clip, known: Partial<Record<Latent, Clip>>): Promise<void> {
  const { stage, evaluation, step, result, preview } = sweep;
  const { run } = stage;
  run.signal.throwIfAborted();
  stage.given?.place(xHat, frames);
  preview?.add(xHat, frames.from);
  if (result === 'frames') {
    await run.giveWay();
    await run.sink.write(frames, pixelsTo8Bit(xHat));
    return;
  }
  const weighed = async (latent: Latent): Promise<Clip | undefined> =>
    evaluation.weights[latent] === 0 ? undefined : (known[latent] ?? (await readLatent(sweep, latent, frames)));
  const [zT, zHat] = [await weighed('zT'), await weighed('zHat')];
  const noise = noiseStream(run.seed, run.spec.id, 'sampler', step.step);
  await eachFrame(sweep, frames, (frame, i) => {
    const x = framesOf(xHat, i, i + 1);
    mixLatents(x, zT && framesOf(zT, i, i + 1), zHat && framesOf(zHat, i, i + 1), evaluation.weights);
    addNoise(x, frame, evaluation.weights.noise, noise);
  });
  await run.latents.write(result, frames.from, xHat);
}

/** Frames of a latent, in the front of `buffer` if there is one. z of the first step is made of noise, not read. */
async function readLatent(sweep: Sweep, latent: Latent, frames: Range, buffer?: Clip): Promise<Clip> {
  const { run } = sweep.stage;
  const { height, width } = run.spec.output;
  const z = buffer === undefined ? zeroClip(lengthOf(frames), rgbChannels, height, width) : firstFrames(buffer, frames);
  if (latent === 'zT' && sweep.step.step === 0) {
    z.data.fill(0);
    const noise = noiseStream(run.seed, run.spec.id, 'initial', 0);
    await eachFrame(sweep, frames, (frame, i) => addNoise(framesOf(z, i, i + 1), frame, 1, noise));
  } else await run.latents.read(latent === 'zT' ? 'current' : 'predictor', frames.from, z);
  return z;
}

/** Work frame by frame: `i` counts from the first of `frames`. */
async function eachFrame({ stage }: Sweep, frames: Range, work: (frame: Range, i: number) => void): Promise<void> {
  for (let frame = frames.from; frame < frames.to; frame++) {
    work({ from: frame, to: frame + 1 }, frame - frames.from);
    await stage.run.giveWay();
  }
}

/** As many frames of a buffer as `frames` has. */
function firstFrames(buffer: Clip, frames: Range): Clip {
  return framesOf(buffer, 0, lengthOf(frames));
}
