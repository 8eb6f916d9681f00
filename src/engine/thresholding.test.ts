import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { expectClose, numbers, readGolden } from './golden.test-port';
import { MagnitudeHistogram } from './magnitude-quantile';
import { clipTo, quicklyClipped, quicklyClippedBelow, thresholdScale } from './thresholding';

const golden = readGolden(
  'guidance',
  z.object({
    conditional: numbers,
    dynamic: z.array(
      z.object({ percentile: z.number(), cap: z.number().nullable(), quantile: z.number(), values: numbers }),
    ),
  }),
);

function quantileInPieces(pieces: readonly Float32Array[], percentile: number): number {
  const histogram = new MagnitudeHistogram();
  for (const piece of pieces) histogram.count(piece);
  const search = histogram.search(percentile);
  for (const piece of pieces) search.count(piece);
  return search.value();
}

/** numpy.quantile(|values|, percentile), by sorting. */
function quantileBySorting(values: Float32Array, percentile: number): number {
  const sorted = values.map(Math.abs).sort();
  const position = percentile * (sorted.length - 1);
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (position - Math.floor(position)) * (above - below);
}

test.each(golden.dynamic)('dynamic thresholding at $percentile, capped at $cap', (example) => {
  const xHat = Float32Array.from(golden.conditional);
  const quantile = quantileInPieces([xHat], example.percentile);
  expect(quantile).toBeCloseTo(example.quantile, 12);
  clipTo(thresholdScale(quantile, example.cap ?? undefined), xHat);
  expectClose(xHat, example.values);
});

test('the quantile equals that of the sorted magnitudes, however the values come in pieces', () => {
  const value = fc.oneof(
    fc.float({ noNaN: true, noDefaultInfinity: true }),
    fc.float({ min: Math.fround(0.9), max: Math.fround(1.1), noNaN: true }),
    fc.constantFrom(0, -0, 1, -1),
  );
  const pieces = fc.array(fc.float32Array({ minLength: 1, maxLength: 40, noNaN: true, noDefaultInfinity: true }));
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 200 }),
      pieces,
      fc.double({ min: Number.MIN_VALUE, max: 1, noNaN: true }),
      (first, others, percentile) => {
        const all = [Float32Array.from(first), ...others];
        const joined = Float32Array.from(all.flatMap((piece) => [...piece]));
        expect(quantileInPieces(all, percentile)).toBe(quantileBySorting(joined, percentile));
      },
    ),
    { numRuns: 300 },
  );
});

test('a quantile of more than 2²⁴ values counts every one of them', () => {
  const ones = new Float32Array(2 ** 20).fill(1);
  const twos = new Float32Array(2 ** 20).fill(-2);
  const histogram = new MagnitudeHistogram();
  const pieces = [...Array.from({ length: 19 }, () => ones), ...Array.from({ length: 1 }, () => twos)];
  for (const piece of pieces) histogram.count(piece);
  const search = histogram.search((19 * 2 ** 20 - 0.5) / (20 * 2 ** 20 - 1));
  for (const piece of pieces) search.count(piece);
  expect(search.value()).toBe(1.5);
});

test('quick clipping is exact for every float32 in its range, and says how far that goes', () => {
  const magnitude = fc.oneof(
    fc.float({ min: 0, max: quicklyClippedBelow, maxExcluded: true, noNaN: true }),
    fc.double({ min: -149, max: 52, maxExcluded: true, noNaN: true }).map((exponent) => Math.fround(2 ** exponent)),
    fc.float({ min: 0, max: 2, noNaN: true }),
  );
  fc.assert(
    fc.property(magnitude, fc.constantFrom(1, -1), (most, sign) => {
      const x = sign * most;
      if (most >= 1) expect(quicklyClipped(x)).toBe(sign);
      else expect(Math.abs(quicklyClipped(x) - x)).toBeLessThanOrEqual(2 ** -53);
    }),
    { numRuns: 5000 },
  );
});
