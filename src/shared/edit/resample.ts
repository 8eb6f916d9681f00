/**
 * A picture in another size: the one filter of the edit, in the viewer as in exports (docs/decisions/0007-compositing.md).
 *
 * Separable Catmull-Rom (Keys, "Cubic convolution interpolation", 1981, equation 15 with a = −1/2), rows first; where the picture
 * gets smaller the kernel is widened by as much, so that nothing aliases. Beyond the edges there is nothing: the weights that are left
 * are divided by their sum. Plain IEEE arithmetic without transcendental functions, so every machine computes the same bytes.
 */
import type { Size } from '../units';
import type { Raster } from './raster';

/** The same picture where it has that size already. */
export function resampled(source: Raster, { height, width }: Size): Raster {
  if (source.width === width && source.height === height) return source;
  const wide = acrossRows(source, tapsFor(source.width, width));
  return { height, width, rgb: downColumns(wide, width, tapsFor(source.height, height)) };
}

/** Half the width of the kernel, in samples. */
const support = 2;

interface Taps {
  /** Room for the weights of each output sample, and how many of them are used. */
  readonly count: number;
  readonly lengths: Int32Array;
  /** First input sample of each output sample. */
  readonly first: Int32Array;
  readonly weights: Float32Array;
}

const known = new Map<string, Taps>();
/** Sizes of a project's clips; each takes a few kilobytes. */
const mostKnown = 32;

function tapsFor(from: number, to: number): Taps {
  const name = `${from} ${to}`;
  const taps = known.get(name) ?? newTaps(from, to);
  known.delete(name);
  known.set(name, taps);
  for (const oldest of known.keys()) if (known.size > mostKnown) known.delete(oldest);
  return taps;
}

function newTaps(from: number, to: number): Taps {
  const step = from / to;
  const stretch = Math.max(1, step);
  const count = Math.ceil(support * stretch) * 2 + 1;
  const first = new Int32Array(to);
  const lengths = new Int32Array(to);
  const weights = new Float32Array(to * count);
  for (let out = 0; out < to; out += 1) {
    const centre = (out + 0.5) * step;
    const begin = Math.max(0, Math.floor(centre - support * stretch + 0.5));
    const end = Math.min(from, Math.floor(centre + support * stretch + 0.5));
    let sum = 0;
    for (let at = begin; at < end; at += 1) sum += kernel((at + 0.5 - centre) / stretch);
    for (let at = begin; at < end; at += 1)
      weights[out * count + at - begin] = kernel((at + 0.5 - centre) / stretch) / sum;
    first[out] = begin;
    lengths[out] = end - begin;
  }
  return { count, lengths, first, weights };
}

function kernel(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

/** `[height, taps' width, 3]`, not rounded. */
function acrossRows({ height, width, rgb }: Raster, { count, lengths, first, weights }: Taps): Float32Array {
  const wide = new Float32Array(height * first.length * 3);
  let to = 0;
  for (let row = 0; row < height; row += 1) {
    const start = row * width;
    for (let out = 0; out < first.length; out += 1) {
      let from = (start + (first[out] ?? 0)) * 3;
      let red = 0;
      let green = 0;
      let blue = 0;
      const end = out * count + (lengths[out] ?? 0);
      for (let tap = out * count; tap < end; tap += 1, from += 3) {
        const weight = weights[tap] ?? 0;
        red += weight * (rgb[from] ?? 0);
        green += weight * (rgb[from + 1] ?? 0);
        blue += weight * (rgb[from + 2] ?? 0);
      }
      wide[to] = red;
      wide[to + 1] = green;
      wide[to + 2] = blue;
      to += 3;
    }
  }
  return wide;
}

/** `[taps' height, width, 3]`, rounded half up and held within 0 to 255. */
function downColumns(wide: Float32Array, width: number, { count, lengths, first, weights }: Taps): Uint8Array {
  const stride = width * 3;
  const rgb = new Uint8Array(first.length * stride);
  for (let row = 0; row < first.length; row += 1) {
    const start = (first[row] ?? 0) * stride;
    const used = weights.subarray(row * count, row * count + (lengths[row] ?? 0));
    for (let at = 0; at < stride; at += 1) {
      let sum = 0.5;
      for (let tap = 0, from = start + at; tap < used.length; tap += 1, from += stride)
        sum += (used[tap] ?? 0) * (wide[from] ?? 0);
      rgb[row * stride + at] = sum < 0 ? 0 : sum > 255 ? 255 : sum;
    }
  }
  return rgb;
}
