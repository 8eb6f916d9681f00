/** The median: shared machines have outliers. Throws a RangeError for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new RangeError('The median of no values was asked for: measure something first.');
  return middle;
}
