/**
 * The low-resolution input of a temporal super-resolution stage on the stage's own frame grid (Imagen Video, section 2.3):
 * with r times the input's frames, output frame f shows input frame f/r where that is whole, and otherwise repeats the frame
 * before it or stays blank. r = 1 for spatial stages.
 */
import { elementsPerFrame, lengthOf, zeroClip, type Clip, type Range } from './clip';

/** The input frames that output frames `frames` show. */
export function inputFrames(frames: Range, ratio: number): Range {
  return { from: Math.floor(frames.from / ratio), to: Math.floor((frames.to - 1) / ratio) + 1 };
}

/** 1 for every output frame that shows a frame of the input, 0 for those in between. */
export function knownFrames(frames: Range, ratio: number): Float32Array {
  return Float32Array.from({ length: lengthOf(frames) }, (_, i) => (isKnown(frames.from + i, ratio) ? 1 : 0));
}

/** `input`: the frames that `inputFrames` names. Returns one frame for each of `frames`; `input` itself where r = 1. */
export function spreadInTime(input: Clip, frames: Range, ratio: number, between: 'repeat' | 'blank'): Clip {
  if (ratio === 1) return input;
  const { from } = inputFrames(frames, ratio);
  const spread = zeroClip(lengthOf(frames), input.channels, input.height, input.width);
  const stride = elementsPerFrame(input);
  for (let frame = frames.from; frame < frames.to; frame++) {
    if (between === 'blank' && !isKnown(frame, ratio)) continue;
    const source = Math.floor(frame / ratio) - from;
    spread.data.set(input.data.subarray(source * stride, (source + 1) * stride), (frame - frames.from) * stride);
  }
  return spread;
}

function isKnown(frame: number, ratio: number): boolean {
  return frame % ratio === 0;
}
