/** How wide the frames of a ladder are drawn: growing with their pixels, but less steeply, so that the first can still be seen. */

/** A frame with twice the width is drawn this power of two wider. 1280 to 40 becomes 7 to 1 instead of 32 to 1. */
const steepness = 0.55;
/** Stages that add only frames are drawn this much wider than the one before, so that the ladder always rises. */
const riseWithout = 1.09;

/** Shares of the whole width, summing to 1 less what gaps take. `widths` in pixels, not falling. */
export function rungShares(widths: readonly number[]): readonly number[] {
  const sizes: number[] = [];
  for (const [index, width] of widths.entries()) {
    const before = sizes[index - 1] ?? 0;
    sizes.push(Math.max(width ** steepness, before * riseWithout));
  }
  const sum = sizes.reduce((total, size) => total + size, 0);
  return sizes.map((size) => size / sum);
}
