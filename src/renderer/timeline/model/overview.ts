/** The whole project on the width of the window: the strip by which the timeline is scrolled and zoomed. */
import { mostPixelsPerFrame, type Scale } from './scale';

export interface Overview {
  /** Frames that the whole width stands for. */
  readonly frames: number;
  readonly width: number;
}

/** What of the strip is in sight, in pixels from its left. */
export interface Window {
  readonly left: number;
  readonly right: number;
}

/** Narrower it could not be taken hold of. */
const leastWindow = 24;
/** Around its ends, to both sides. */
const endReach = 6;

/** At least what is in sight; a little more than the project, as there is always room behind it. */
export function overviewOf(lengthFrames: number, scale: Scale, width: number): Overview {
  const shown = scale.leftFrame + width / scale.pixelsPerFrame;
  return { frames: Math.max(1, lengthFrames * 1.1, shown), width };
}

export function windowOf({ frames, width }: Overview, scale: Scale): Window {
  const left = (scale.leftFrame / frames) * width;
  const right = left + (width / scale.pixelsPerFrame / frames) * width;
  if (right - left >= leastWindow) return { left, right };
  const middle = Math.min(width - leastWindow / 2, Math.max(leastWindow / 2, (left + right) / 2));
  return { left: middle - leastWindow / 2, right: middle + leastWindow / 2 };
}

export type OverviewHit = 'start' | 'end' | 'window' | 'beside';

export function overviewHit({ left, right }: Window, x: number): OverviewHit {
  if (Math.abs(x - left) <= endReach) return 'start';
  if (Math.abs(x - right) <= endReach) return 'end';
  return x > left && x < right ? 'window' : 'beside';
}

/** Scrolled so that the window moves by `pixels` of the strip. */
export function pannedBy({ frames, width }: Overview, scale: Scale, pixels: number): Scale {
  const rightmost = Math.max(0, frames - width / scale.pixelsPerFrame);
  const leftFrame = scale.leftFrame + (pixels / width) * frames;
  return { ...scale, leftFrame: Math.min(rightmost, Math.max(0, leftFrame)) };
}

/** Scrolled so that the window's middle stands at `x`. */
export function centredAt(overview: Overview, scale: Scale, x: number): Scale {
  const { left, right } = windowOf(overview, scale);
  return pannedBy(overview, scale, x - (left + right) / 2);
}

/** Zoomed so that one end of the window moves by `pixels` while the other stays. */
export function stretchedBy({ frames, width }: Overview, scale: Scale, end: 'start' | 'end', pixels: number): Scale {
  const byFrames = (pixels / width) * frames;
  const from = scale.leftFrame;
  const to = from + width / scale.pixelsPerFrame;
  const least = width / mostPixelsPerFrame;
  if (end === 'end') return { pixelsPerFrame: width / Math.max(least, to + byFrames - from), leftFrame: from };
  const leftFrame = Math.min(to - least, Math.max(0, from + byFrames));
  return { pixelsPerFrame: width / (to - leftFrame), leftFrame };
}
