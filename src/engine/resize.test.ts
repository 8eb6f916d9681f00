import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { clipOf, clipShape, expectClose, numbers, readGolden } from './golden.test-port';
import { resize, triangleTaps } from './resize';

const golden = readGolden(
  'resize',
  z.object({
    shape: clipShape,
    input: numbers,
    cases: z.array(z.object({ height: z.number(), width: z.number(), output: numbers })),
  }),
);

test.each(golden.cases)('6 × 8 to $height × $width', ({ height, width, output }) => {
  expectClose(resize(clipOf(golden.shape, golden.input), height, width).data, output);
});

test('every output pixel is a weighted mean of input pixels', () => {
  const length = fc.integer({ min: 1, max: 200 });
  fc.assert(
    fc.property(length, length, (from, to) => {
      const { count, first, weights } = triangleTaps(from, to);
      first.forEach((start, i) => {
        const ofPixel = weights.subarray(i * count, (i + 1) * count);
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start + count).toBeLessThanOrEqual(from);
        expect(Math.min(...ofPixel)).toBeGreaterThanOrEqual(0);
        expect(ofPixel.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
      });
    }),
  );
});
