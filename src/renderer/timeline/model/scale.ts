/** Where time lies on the screen: frames of the project to pixels of the timeline and back. Knows nothing of clips or tracks. */

export interface Scale {
  readonly pixelsPerFrame: number;
  /** The moment at the left edge, in frames, fractional. */
  readonly leftFrame: number;
}

/** A frame wide enough to show its number and its picture. */
export const mostPixelsPerFrame = 48;
/** 115 hours, the longest project, on 1000 pixels. */
const leastPixelsPerFrame = 1e-4;
/** Of the width, left empty behind the last clip: room to drop the next. */
const roomBehind = 0.15;

export function xOf(scale: Scale, frame: number): number {
  return (frame - scale.leftFrame) * scale.pixelsPerFrame;
}

/** Fractional: where exactly a pointer at `x` stands in time. */
export function frameAt(scale: Scale, x: number): number {
  return scale.leftFrame + x / scale.pixelsPerFrame;
}

/** Larger or smaller by `factor`, with the moment under `x` staying where it is, unless that would show time before 0. */
export function zoomedAt(scale: Scale, factor: number, x: number): Scale {
  const pixelsPerFrame = clampZoom(scale.pixelsPerFrame * factor);
  const leftFrame = frameAt(scale, x) - x / pixelsPerFrame;
  return { pixelsPerFrame, leftFrame: Math.max(0, leftFrame) };
}

/** Later by `pixels` of the screen; never before 0. */
export function scrolledBy(scale: Scale, pixels: number): Scale {
  return { ...scale, leftFrame: Math.max(0, scale.leftFrame + pixels / scale.pixelsPerFrame) };
}

/** The stretch from one frame to another on `width` pixels, with a little room on both sides. */
export function showing(fromFrame: number, toFrame: number, width: number): Scale {
  const pixelsPerFrame = clampZoom((width * (1 - roomBehind)) / Math.max(1, toFrame - fromFrame));
  const room = (width / pixelsPerFrame - (toFrame - fromFrame)) / 2;
  return { pixelsPerFrame, leftFrame: Math.max(0, fromFrame - room) };
}

/** The whole of `frames` on `width` pixels, with a little room behind. */
export function fitting(frames: number, width: number): Scale {
  const pixelsPerFrame = (width * (1 - roomBehind)) / Math.max(1, frames);
  return { pixelsPerFrame: clampZoom(pixelsPerFrame), leftFrame: 0 };
}

/** Scrolled by no more than is needed to have `frame` in sight. */
export function revealing(scale: Scale, frame: number, width: number): Scale {
  const x = xOf(scale, frame);
  if (x >= 0 && x < width) return scale;
  return { ...scale, leftFrame: Math.max(0, frame - (x < 0 ? 0.1 : 0.9) * (width / scale.pixelsPerFrame)) };
}

function clampZoom(pixelsPerFrame: number): number {
  return Math.min(mostPixelsPerFrame, Math.max(leastPixelsPerFrame, pixelsPerFrame));
}
