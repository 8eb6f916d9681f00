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

/** What one output pixel along an axis is made of: `weights` of the input pixels from `first` on; they sum to 1. */
interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

/** The triangle around (i + ½)·scale − ½, of half-width max(1, scale) input pixels, cut off at the edges and normalised. */
export function triangleTaps(inputLength: number, outputLength: number): readonly Taps[] {
  const scale = inputLength / outputLength;
  const reach = Math.max(1, scale);
  return Array.from({ length: outputLength }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(inputLength, Math.floor(centre + reach + 0.5));
    const raw = Float64Array.from({ length: end - first }, (_, k) =>
      Math.max(0, 1 - Math.abs(first + k + 0.5 - centre) / reach),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return { first, weights: raw.map((weight) => weight / sum) };
  });
}

function resizeColumns(clip: Clip, width: number): Clip {
  if (width === clip.width) return clip;
  const taps = triangleTaps(clip.width, width);
  const resized = zeroClip(clip.frames, clip.channels, clip.height, width);
  const rows = clip.frames * clip.channels * clip.height;
  for (let row = 0; row < rows; row++) {
    taps.forEach(({ first, weights }, column) => {
      let sum = 0;
      for (let k = 0; k < weights.length; k++)
        sum += (weights[k] ?? NaN) * (clip.data[row * clip.width + first + k] ?? NaN);
      resized.data[row * width + column] = sum;
    });
  }
  return resized;
}

/** Row by row, so that memory is read in the order in which it lies. */
function resizeRows(clip: Clip, height: number): Clip {
  if (height === clip.height) return clip;
  const taps = triangleTaps(clip.height, height);
  const resized = zeroClip(clip.frames, clip.channels, height, clip.width);
  for (let plane = 0; plane < clip.frames * clip.channels; plane++) {
    taps.forEach(({ first, weights }, row) => {
      const into = resized.data.subarray((plane * height + row) * clip.width).subarray(0, clip.width);
      weights.forEach((weight, k) =>
        addScaled(clip.data, (plane * clip.height + first + k) * clip.width, weight, into),
      );
    });
  }
  return resized;
}

function addScaled(from: Float32Array, start: number, weight: number, into: Float32Array): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] ?? NaN) + weight * (from[start + i] ?? NaN);
}
