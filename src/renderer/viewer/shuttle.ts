/** The transport: J, K and L, and how the playhead runs. Pure. */
import type { Range } from '#shared/project/project';

const fastest = 8;

/** Pressed again in the same direction it goes twice as fast; in the other one it turns round at normal speed. */
export function shuttled(rate: number, direction: 1 | -1): number {
  return rate * direction > 0 ? Math.max(-fastest, Math.min(fastest, rate * 2)) : direction;
}

export interface Course {
  /** What is played: between in and out points, or the whole. */
  readonly range: Range;
  readonly isLoop: boolean;
}

/** Where the playhead is `frames` (fractional, negative: backward) after `from`. At an end it begins again, or it stops there. */
export function ran(
  from: number,
  frames: number,
  { range, isLoop }: Course,
): { readonly frame: number; readonly stops: boolean } {
  const { inFrame, outFrame } = range;
  const length = outFrame - inFrame;
  const to = from + frames;
  if (to >= inFrame && to < outFrame) return { frame: to, stops: false };
  if (isLoop && length > 0) return { frame: inFrame + ((((to - inFrame) % length) + length) % length), stops: false };
  return { frame: frames > 0 ? Math.max(inFrame, outFrame - 1) : inFrame, stops: true };
}

/** What a project plays; at least one frame. */
export function playedRange(range: Range | undefined, lengthFrames: number): Range {
  return range ?? { inFrame: 0, outFrame: Math.max(1, lengthFrames) };
}
