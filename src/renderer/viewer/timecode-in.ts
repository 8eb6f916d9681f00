/** The frame that a person means by what they typed: a timecode, a count of frames, or so many on or back. Pure. */
import type { FrameRate } from '#shared/project/time';

/**
 * `1:12` and `00:01:12` are one second and twelve frames, `90` the ninetieth frame, `+10` and `-1:00` go from `from`. Undefined for what
 * is none of these. From 0; whole.
 */
export function frameTyped(text: string, rate: FrameRate, from: number): number | undefined {
  const parts = /^([+-]?)(\d+(?:[:;.]\d+){0,3})$/.exec(text.trim());
  const [, sign, digits] = parts ?? [];
  if (digits === undefined) return undefined;
  const frames = framesIn(digits.split(/[:;.]/).map(Number), rate);
  const to = sign === '' ? frames : Math.floor(from) + (sign === '-' ? -frames : frames);
  return Math.max(0, to);
}

/** From the right: frames, seconds, minutes, hours. */
function framesIn(parts: readonly number[], rate: FrameRate): number {
  const fps = Math.max(1, Math.round(rate.num / rate.den));
  const [frames = 0, seconds = 0, minutes = 0, hours = 0] = parts.toReversed();
  return frames + fps * (seconds + 60 * (minutes + 60 * hours));
}
