/**
 * Lays pictures over one another: how a frame of the edit is made, in the viewer as in exports. What it computes, and why so, is
 * docs/decisions/0007-compositing.md; a change here changes what projects look like.
 */
import type { Size } from '../units';
import { centred, fitted } from './fit';
import { blackRaster, type Raster } from './raster';
import { resampled } from './resample';

export interface PlacedPicture {
  /** Of the size that `fittedInto` gives it. */
  readonly picture: Raster;
  /** 0 to 1. */
  readonly opacity: number;
}

/** A picture as large as it can be within `size`, its shape kept to the nearest pixel. */
export function fittedInto(picture: Raster, size: Size): Raster {
  return resampled(picture, fitted(picture.width, picture.height, { x: 0, y: 0, ...size }));
}

/** From the bottom up, each centred, on black. */
export function compose(size: Size, layers: readonly PlacedPicture[]): Raster {
  const frame = blackRaster(size);
  for (const { picture, opacity } of layers) lay(frame, picture, opacity);
  return frame;
}

/** below + (above − below) · opacity on the coded values, rounded half up to 8 bits after every layer. */
function lay(frame: Raster, picture: Raster, opacity: number): void {
  const { x, y } = centred(picture.width, picture.height, { x: 0, y: 0, ...frame });
  const stride = picture.width * 3;
  for (let row = 0; row < picture.height; row += 1) {
    const to = ((y + row) * frame.width + x) * 3;
    const above = picture.rgb.subarray(row * stride, (row + 1) * stride);
    const alpha = picture.alpha?.subarray(row * picture.width, (row + 1) * picture.width);
    if (alpha !== undefined) mixThrough(frame.rgb.subarray(to, to + stride), above, alpha, opacity);
    else if (opacity >= 1) frame.rgb.set(above, to);
    else mix(frame.rgb.subarray(to, to + stride), above, opacity);
  }
}

function mix(below: Uint8Array, above: Uint8Array, opacity: number): void {
  for (let at = 0; at < above.length; at += 1) {
    const value = below[at] ?? 0;
    below[at] = value + ((above[at] ?? 0) - value) * opacity + 0.5;
  }
}

/** As `mix`, each pixel by its own share of the opacity. */
function mixThrough(below: Uint8Array, above: Uint8Array, alpha: Uint8Array, opacity: number): void {
  for (let pixel = 0; pixel < alpha.length; pixel += 1) {
    const share = ((alpha[pixel] ?? 0) / 255) * opacity;
    for (let at = pixel * 3; at < pixel * 3 + 3; at += 1) {
      const value = below[at] ?? 0;
      below[at] = value + ((above[at] ?? 0) - value) * share + 0.5;
    }
  }
}
