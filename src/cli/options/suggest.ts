/** "Did you mean …?": the known word nearest to a misspelt one. Pure. */

/** Optimal string alignment distance: insertions, deletions, replacements and exchanges of neighbours (Boytsov 2011, section 2.2). */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, exchanged ? at(i - 2, j - 2) + 1 : Infinity));
    }
  }
  return at(a.length, b.length);
}

/** The nearest of `known`, if it is near enough to have been meant: a third of its letters wrong at most, or a beginning of it. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const beginning = known.filter((candidate) => word.length >= 3 && candidate.startsWith(word));
  if (beginning.length === 1) return beginning[0];
  const [best] = known
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .toSorted((a, b) => a.distance - b.distance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(best.candidate.length / 3))
    ? best.candidate
    : undefined;
}

/** ` Did you mean "x"?` or nothing, to be put after a sentence. */
export function didYouMean(word: string, known: readonly string[], prefix = ''): string {
  const found = nearest(word, known);
  return found === undefined ? '' : ` Did you mean "${prefix}${found}"?`;
}
