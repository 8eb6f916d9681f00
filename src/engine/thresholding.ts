/**
 * Keeping x̂ within the range of pixels.
 *
 * Static: clip(x̂, −1, 1), done where x̂ is made. Dynamic (Saharia et al. 2022, Imagen, section 2.3): s = max(1, quantile of |x̂|), over the whole
 * clip, then clip(x̂, −s, s)/s. ε̂ and v̂ follow from the new x̂ by themselves, because samplers take x̂ alone.
 */

/** The scale s of dynamic thresholding; DeepFloyd IF caps it at 1.5. */
export function thresholdScale(quantile: number, cap = Infinity): number {
  return Math.min(cap, Math.max(1, quantile));
}

/** x̂ ← clip(x̂, −s, s)/s in place. */
export function clipTo(scale: number, xHat: Float32Array): void {
  for (let i = 0; i < xHat.length; i++) xHat[i] = clipped(xHat[i] ?? NaN, scale) / scale;
}

/** clip(x, −limit, limit). */
export function clipped(x: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, x));
}

/** Below this magnitude a float32 keeps all of its digits when 1 is added to it in float64, */
export const quicklyClippedBelow = 2 ** 52;

/**
 * where this is clip(x, −1, 1) to 2⁻⁵³: a sum of magnitudes, because x̂ of noise leaves the range so often and so irregularly that
 * comparing costs a processor two to six times as much (bench/engine-loops.ts). Far beyond, the 1 is lost in x, and this is 0.
 */
export function quicklyClipped(x: number): number {
  return (Math.abs(x + 1) - Math.abs(x - 1)) * 0.5;
}
