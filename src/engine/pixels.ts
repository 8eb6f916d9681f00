/**
 * Between 8-bit frames `[F, H, W, 3]`, which is what stages exchange and files hold, and planar float32 `[F, 3, H, W]` in
 * [−1, 1], which is what networks see. The formulas are the pack format's (docs/pack-format.md, "Axes, ranges, units").
 */
import { rgbChannels, zeroClip, type Clip } from './clip';

/** x = u8/127.5 − 1. */
export function pixelsFrom8Bit(rgb: Uint8Array, frames: number, height: number, width: number): Clip {
  const clip = zeroClip(frames, rgbChannels, height, width);
  const area = height * width;
  for (let plane = 0; plane < frames * rgbChannels; plane++) {
    const values = clip.data.subarray(plane * area, (plane + 1) * area);
    let at = interleavedStart(plane, area);
    for (let i = 0; i < area; i++, at += rgbChannels) values[i] = (rgb[at] ?? NaN) / 127.5 - 1;
  }
  return clip;
}

/** u8 = ⌊clip(127.5 (x + 1), 0, 255) + ½⌋: halves round up. */
export function pixelsTo8Bit(clip: Clip): Uint8Array {
  const rgb = new Uint8Array(clip.data.length);
  const area = clip.height * clip.width;
  for (let plane = 0; plane < clip.frames * rgbChannels; plane++) {
    const values = clip.data.subarray(plane * area, (plane + 1) * area);
    let at = interleavedStart(plane, area);
    for (let i = 0; i < area; i++, at += rgbChannels) rgb[at] = quantise(values[i] ?? NaN);
  }
  return rgb;
}

/** A `Uint8Array` stores the integer part of what it is given. */
function quantise(x: number): number {
  const v = 127.5 * (x + 1);
  return v < 0 ? 0 : v > 255 ? 255 : v + 0.5;
}

/** Where channel c of frame f begins in interleaved pixels, for plane 3f + c. */
function interleavedStart(plane: number, area: number): number {
  const channel = plane % rgbChannels;
  return (plane - channel) * area + channel;
}
