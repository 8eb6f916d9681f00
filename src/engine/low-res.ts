/**
 * What a super-resolution stage is shown of the stage before it: 8-bit frames, made noisy at their own size, spread over the
 * stage's frame grid and, where the graph does not do it, resized. The order is the pack format's.
 */
import { SluiceError } from '#shared/errors';
import { mebibyte } from '#shared/units';
import { augment } from './augmentation';
import { lengthOf, rgbChannels, type Clip, type Range } from './clip';
import type { FrameSource } from './denoiser';
import { keptFrames } from './kept-frames';
import { pixelsFrom8Bit } from './pixels';
import { noiseStream } from './random';
import { resize } from './resize';
import type { StageRun } from './stage-run';
import { inputFrames, knownFrames, spreadInTime } from './temporal-conditioning';

/** Frames of the input, as the graph takes them. */
export interface LowResFrames {
  /** `[F, 3, h, w]`. */
  readonly clip: Clip;
  /** `[F]`: 1 where a frame of the input is shown. */
  readonly known: Float32Array;
}

export interface LowResInput {
  /** λ_a; absent for a stage without augmentation. */
  readonly logSnr: number | undefined;
  read(frames: Range): Promise<LowResFrames>;
}

/** Up to this size the noisy input is kept, so that it is made once a run and not once a step (a 128 × 192 × 320 clip fits). */
const mostKeptBytes = 128 * mebibyte;

/** Undefined for a stage without low-resolution input. Throws `internal` where the run lacks the clip that the stage needs. */
export function openLowRes(run: StageRun): LowResInput | undefined {
  const { lowRes, output } = run.spec;
  if (lowRes === undefined) return undefined;
  const source = run.input;
  if (source === undefined)
    throw new SluiceError('internal', `Stage "${run.spec.id}" was started without the clip it enlarges.`);
  const ratio = output.frames / source.frames;
  const make = (frames: Range): Promise<Clip> => readNoisy(run, source, frames);
  const noisyFrames = keptBytes(source) === 0 ? make : keptFrames(source, make);
  return {
    logSnr: run.parameters.augmentationLogSnr,
    read: async (frames) => {
      const noisy = await noisyFrames(inputFrames(frames, ratio));
      const spread = spreadInTime(noisy, frames, ratio, lowRes.temporal ?? 'repeat');
      const clip = lowRes.resize === 'engine' ? resize(spread, output.height, output.width) : spread;
      return { clip, known: knownFrames(frames, ratio) };
    },
  };
}

async function readNoisy(run: StageRun, source: FrameSource, frames: Range): Promise<Clip> {
  const rgb = await source.read(frames.from, frames.to);
  const clip = pixelsFrom8Bit(rgb, lengthOf(frames), source.height, source.width);
  const logSnr = run.parameters.augmentationLogSnr;
  if (logSnr !== undefined) augment(clip, frames.from, logSnr, noiseStream(run.seed, run.spec.id, 'augmentation', 0));
  return clip;
}

/** Memory that an input of this shape occupies for as long as the stage runs. */
export function keptBytes(input: { readonly frames: number; readonly height: number; readonly width: number }): number {
  const bytes = input.frames * rgbChannels * input.height * input.width * Float32Array.BYTES_PER_ELEMENT;
  return bytes <= mostKeptBytes ? bytes : 0;
}
