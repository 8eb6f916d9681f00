import { expect, test } from 'vitest';
import { extentOf, outlineOf, pairsPerSec } from './peaks';

const pairs = 1000;
const rising = Int8Array.from({ length: 2 * pairs }, (_, i) => {
  const level = Math.round((127 * Math.floor(i / 2)) / (pairs - 1));
  return i % 2 === 0 ? -level : level;
});
const outline = outlineOf(rising);
const secAt = (pair: number): number => pair / pairsPerSec;

test('an extent is what lies between two moments, however coarsely it is looked at', () => {
  for (const [from, to] of [
    [10, 11],
    [500, 516],
    [128, 640],
    [0, 1000],
  ] as const) {
    const { least, greatest } = extentOf(outline, secAt(from), secAt(to))!;
    expect(greatest).toBeCloseTo((to - 1) / (pairs - 1), 1);
    expect(least).toBe(-greatest);
  }
});

test('there is none before the beginning and behind the end', () => {
  expect(extentOf(outline, secAt(1000), secAt(1001))).toBeUndefined();
  expect(extentOf(outline, -2, -1)).toBeUndefined();
  expect(extentOf(outlineOf(new Int8Array(0)), 0, 1)).toBeUndefined();
});

test('an hour has few levels, the coarsest of a few pairs', () => {
  const { levels } = outlineOf(new Int8Array(2 * 3600 * pairsPerSec));
  expect(levels.length).toBeLessThan(9);
  expect(levels.at(-1)!.length).toBeLessThanOrEqual(16);
});
