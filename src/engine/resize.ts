/**
 * Resizing frames: bilinear with half-pixel centres upwards, the same triangle widened by the factor downwards, so that
 * nothing aliases. This is PyTorch's `interpolate(mode="bilinear", align_corners=False, antialias=True)`, with which the
 * stages are trained. Knows nothing of what the frames show.
 */
import { zeroClip, type Clip } from './clip';

/** All frames of `clip` at another size; the clip itself where it has that size. */
export function resize(clip: Clip, height: number, width: number): Clip {
  return resizeRows(resizeColumns(clip, width), height);
}

/** What the pixels of an output axis are made of: each of as many input pixels, so that the loops below know how many. */
interface Taps {
  readonly count: number;
  /** Of each output pixel, its first input pixel. */
  readonly first: Int32Array;
  /** Of each output pixel, `count` weights; they sum to 1. */
  readonly weights: Float64Array;
}

/** The triangle around (i + ½)·scale − ½, of half-width max(1, scale) input pixels, cut off at the edges and normalised. */
export function triangleTaps(inputLength: number, outputLength: number): Taps {
  const scale = inputLength / outputLength;
  const reach = Math.max(1, scale);
  const count = Math.min(inputLength, Math.ceil(2 * reach) + 1);
  const taps = { count, first: new Int32Array(outputLength), weights: new Float64Array(outputLength * count) };
  for (let i = 0; i < outputLength; i++) {
    const centre = (i + 0.5) * scale;
    const first = Math.min(inputLength - count, Math.max(0, Math.floor(centre - reach + 0.5)));
    const raw = Float64Array.from({ length: count }, (_, k) =>
      Math.max(0, 1 - Math.abs(first + k + 0.5 - centre) / reach),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    taps.first[i] = first;
    taps.weights.set(
      raw.map((weight) => weight / sum),
      i * count,
    );
  }
  return taps;
}

function resizeColumns(clip: Clip, width: number): Clip {
  if (width === clip.width) return clip;
  const taps = triangleTaps(clip.width, width);
  const resized = zeroClip(clip.frames, clip.channels, clip.height, width);
  const rows = clip.frames * clip.channels * clip.height;
  for (let row = 0; row < rows; row++) {
    const from = clip.data.subarray(row * clip.width, (row + 1) * clip.width);
    resizeRow(from, taps, resized.data.subarray(row * width, (row + 1) * width));
  }
  return resized;
}

function resizeRow(from: Float32Array, { count, first, weights }: Taps, into: Float32Array): void {
  for (let i = 0; i < into.length; i++) {
    const start = first[i] ?? NaN;
    let sum = 0;
    for (let k = 0; k < count; k++) sum += (weights[i * count + k] ?? NaN) * (from[start + k] ?? NaN);
    into[i] = sum;
  }
}

/** Row by row, so that memory is read in the order in which it lies. */
function resizeRows(clip: Clip, height: number): Clip {
  if (height === clip.height) return clip;
  const { count, first, weights } = triangleTaps(clip.height, height);
  const resized = zeroClip(clip.frames, clip.channels, height, clip.width);
  for (let plane = 0; plane < clip.frames * clip.channels; plane++) {
    for (let row = 0; row < height; row++) {
      const into = resized.data.subarray((plane * height + row) * clip.width).subarray(0, clip.width);
      for (let k = 0; k < count; k++) {
        const start = (plane * clip.height + (first[row] ?? NaN) + k) * clip.width;
        addScaled(clip.data.subarray(start, start + clip.width), weights[row * count + k] ?? NaN, into);
      }
    }
  }
  return resized;
}

function addScaled(from: Float32Array, weight: number, into: Float32Array): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] ?? NaN) + weight * (from[i] ?? NaN);
}
