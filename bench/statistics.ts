/** The median: shared machines have outliers. Throws a RangeError for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new RangeError('The median of no values was asked for: measure something first.');
  return middle;
}

/** The smallest value that `share` of all do not exceed (nearest rank). Throws a RangeError for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new RangeError('A percentile of no values was asked for: measure something first.');
  return value;
}
