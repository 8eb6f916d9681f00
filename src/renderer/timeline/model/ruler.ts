/** The ruler's ticks: as many as can be read, on moments that people count in. */
import type { FrameRate } from '#shared/project/time';
import { frameAt, xOf, type Scale } from './scale';

export interface Tick {
  readonly frame: number;
  readonly x: number;
  /** Labelled, and taller. */
  readonly isMajor: boolean;
}

/** What the ruler counts in. */
export const rulerUnits = ['timecode', 'frames', 'seconds'] as const;
export type RulerUnit = (typeof rulerUnits)[number];

/** Least pixels between two labels of `00:00:00:00`, and between two ticks. */
const labelPixels = 92;
const tickPixels = 10;

const secondSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18_000, 36_000];

export function ticks(scale: Scale, width: number, frameRate: FrameRate): readonly Tick[] {
  const steps = stepsOf(frameRate);
  const major = steps.find((step) => step * scale.pixelsPerFrame >= labelPixels) ?? steps.at(-1) ?? 1;
  const minor = steps.find((step) => step * scale.pixelsPerFrame >= tickPixels && major % step === 0) ?? major;
  const first = Math.floor(scale.leftFrame / minor) * minor;
  const count = Math.ceil((frameAt(scale, width) - first) / minor) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index): Tick => {
    const frame = first + index * minor;
    return { frame, x: xOf(scale, frame), isMajor: frame % major === 0 };
  });
}

/** Frames within a second that divide it, then whole seconds, in the count of frames that a timecode shows as one. */
function stepsOf(frameRate: FrameRate): readonly number[] {
  const fps = Math.max(1, Math.round(frameRate.num / frameRate.den));
  const within = Array.from({ length: fps - 1 }, (_, index) => index + 1).filter((step) => fps % step === 0);
  return [...within, ...secondSteps.map((seconds) => seconds * fps)];
}

/** A moment as the ruler writes it; seconds with as many digits as frames can be told apart by. */
export function momentText(frame: number, frameRate: FrameRate, unit: RulerUnit): string {
  if (unit === 'timecode') return timecode(frame, frameRate);
  if (unit === 'frames') return String(Math.max(0, Math.floor(frame)));
  const seconds = (Math.max(0, Math.floor(frame)) * frameRate.den) / frameRate.num;
  return `${Number.isInteger(seconds) ? seconds : seconds.toFixed(2)} s`;
}

/** `00:00:00:00`, hours to frames, counted without drop frames; shorter without hours. `frame` is floored. */
export function timecode(frame: number, frameRate: FrameRate): string {
  const fps = Math.max(1, Math.round(frameRate.num / frameRate.den));
  const whole = Math.max(0, Math.floor(frame));
  const seconds = Math.floor(whole / fps);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}:${two(whole % fps)}`;
  return hours === 0 ? rest : `${two(hours)}:${rest}`;
}
