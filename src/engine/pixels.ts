/**
 * Between 8-bit frames `[F, H, W, 3]`, which is what stages exchange and files hold, and planar float32 `[F, 3, H, W]` in
 * [−1, 1], which is what networks see. The formulas are the pack format's (docs/pack-format.md, "Axes, ranges, units").
 */
import { rgbChannels, zeroClip, type Clip } from './clip';

/** x = u8/127.5 − 1. */
export function pixelsFrom8Bit(rgb: Uint8Array, frames: number, height: number, width: number): Clip {
  const clip = zeroClip(frames, rgbChannels, height, width);
  const area = height * width;
  for (let frame = 0; frame < frames; frame++) {
    const red = frame * rgbChannels * area;
    let at = red;
    for (let i = red; i < red + area; i++) {
      clip.data[i] = (rgb[at++] ?? NaN) / 127.5 - 1;
      clip.data[i + area] = (rgb[at++] ?? NaN) / 127.5 - 1;
      clip.data[i + 2 * area] = (rgb[at++] ?? NaN) / 127.5 - 1;
    }
  }
  return clip;
}

/** u8 = ⌊clip(127.5 (x + 1), 0, 255) + ½⌋: halves round up. */
export function pixelsTo8Bit(clip: Clip): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array(clip.data.length);
  const area = clip.height * clip.width;
  for (let frame = 0; frame < clip.frames; frame++) {
    const red = frame * rgbChannels * area;
    let at = red;
    for (let i = red; i < red + area; i++) {
      rgb[at++] = quantise(clip.data[i] ?? NaN);
      rgb[at++] = quantise(clip.data[i + area] ?? NaN);
      rgb[at++] = quantise(clip.data[i + 2 * area] ?? NaN);
    }
  }
  return rgb;
}

/** A byte array stores the integer part of what it is given. */
function quantise(x: number): number {
  const v = 127.5 * (x + 1);
  return v < 0 ? 0 : v > 255 ? 255 : v + 0.5;
}
