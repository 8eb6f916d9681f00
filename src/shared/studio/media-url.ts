/**
 * Where the studio gets pictures of a kept clip: paths on its own origin, in the browser as under Electron. They never change
 * their content, since a key names its frames, so they may be cached for good. Built here, parsed by main.
 */
import type { Sha256 } from '../units';

export const longestStrip = 128;
/** Pictures side by side; what is more goes into a second row, since browsers draw nothing wider than 32,767 pixels. */
export const stripColumns = 64;
export const tallestStrip = 256;

/** A short-GOP H.264 film to play and seek, made when first asked for. For looking; its colours are not exact. */
export function proxyUrl(key: Sha256): string {
  return `/media/${key}/proxy.mp4`;
}

/** One frame exactly as it is, lossless. `frame` from 0. */
export function frameUrl(key: Sha256, frame: number): string {
  return `/media/${key}/frame/${frame}.png`;
}

/**
 * `frames` (1 to 128) pictures in rows of 64, evenly spread over the clip, each `height` (8 to 256) pixels high, or as high as the clip
 * where that is less.
 */
export function stripUrl(key: Sha256, frames: number, height: number): string {
  return `/media/${key}/strip.png?frames=${frames}&height=${height}`;
}
