/**
 * Time in a project: whole frames of the project's rate, and how they meet the frames of a source that has another rate or is
 * played at another speed. All ratios are exact, so a cut falls on the same source frame on every machine.
 */
import { z } from 'zod';

/** 115 hours at 24 frames per second. */
export const longestProjectFrames = 10_000_000;

/** A moment on the timeline: frames of the project's rate, from 0. */
export const frameSchema = z.int().min(0).max(longestProjectFrames);
/** What `frameSchema` says, for thousands of frames at once. */
export function isFrame(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= longestProjectFrames;
}
/** A stretch of the timeline, at least one frame. */
export const lengthSchema = z.int().min(1).max(longestProjectFrames);

const ratioSchema = (most: number, mostDen: number) =>
  z.strictObject({ num: z.int().min(1).max(most), den: z.int().min(1).max(mostDen) });

/** Frames per second, such as 24/1 or 30000/1001; for sound the sample rate. */
export const frameRateSchema = ratioSchema(400_000, 1_001);
export type FrameRate = z.infer<typeof frameRateSchema>;

/** Source time per timeline time: 2/1 plays twice as fast. From 1/16 to 16. */
export const speedSchema = ratioSchema(16_000, 1_000).refine(
  ({ num, den }) => num * 16 >= den && num <= den * 16,
  'a speed must lie between 1/16 and 16',
);
export type Speed = z.infer<typeof speedSchema>;

export const normalSpeed: Speed = { num: 1, den: 1 };

/** Source frames that pass per timeline frame, in lowest terms. */
export interface Pace {
  readonly num: number;
  readonly den: number;
}

export function paceOf(source: FrameRate, project: FrameRate, speed: Speed): Pace {
  const num = source.num * project.den * speed.num;
  const den = source.den * project.num * speed.den;
  const divisor = greatestCommonDivisor(num, den);
  return { num: num / divisor, den: den / divisor };
}

/** Source frames that have passed after `frames` timeline frames: ⌊frames · pace⌋. */
export function sourceFramesAfter(frames: number, pace: Pace): number {
  return Math.floor((frames * pace.num) / pace.den);
}

/** The most timeline frames that `sourceFrames` can fill: the largest n with ⌊(n − 1) · pace⌋ < sourceFrames. */
export function timelineFramesWithin(sourceFrames: number, pace: Pace): number {
  return Math.ceil((sourceFrames * pace.den) / pace.num);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
