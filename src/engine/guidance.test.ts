import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { guidanceCurveSchema } from '#shared/guidance';
import { expectClose, numbers, readGolden } from './golden.test-port';
import { branchShares, guidanceWeight } from './guidance';

const golden = readGolden(
  'guidance',
  z.object({ weights: z.array(z.object({ curve: guidanceCurveSchema, steps: z.number(), weights: numbers })) }),
);

test.each(golden.weights)('weights of $curve over $steps steps', ({ curve, steps, weights }) => {
  expectClose(
    weights.map((_, step) => guidanceWeight(curve, step, steps)),
    weights,
    1e-12,
  );
});

const support = { kind: 'classifier-free' } as const;

test('the shares of the branches are 1 + w and −w, and add up to 1', () => {
  fc.assert(
    fc.property(fc.double({ min: -1, max: 50, noNaN: true }), (w) => {
      const shares = branchShares(support, w, false);
      expect(shares.reduce((sum, part) => sum + (part?.share ?? 0), 0)).toBeCloseTo(1, 12);
    }),
  );
  expect(branchShares(support, 6, false)).toEqual([
    { branch: 'conditional', share: 7 },
    { branch: 'unconditional', share: -6 },
  ]);
});

test('a branch that counts nothing is not evaluated', () => {
  expect(branchShares(support, 0, false)).toEqual([{ branch: 'conditional', share: 1 }]);
  expect(branchShares(support, -1, false)).toEqual([{ branch: 'unconditional', share: 1 }]);
});

test('a negative prompt takes the place of the unconditional branch', () => {
  expect(branchShares(support, 2, true)[1]).toEqual({ branch: 'negative', share: -2 });
});

test('distilled and unguided stages are evaluated once, whatever the weight', () => {
  const distilled = { kind: 'distilled', weightMin: 0, weightMax: 8 } as const;
  expect(branchShares(distilled, 8, false)).toEqual([{ branch: 'conditional', share: 1, weightInput: 8 }]);
  expect(branchShares(distilled, 0, true)).toEqual([{ branch: 'conditional', share: 1, weightInput: 0 }]);
  expect(branchShares({ kind: 'none' }, 0, false)).toEqual([{ branch: 'conditional', share: 1 }]);
});
test('a negative prompt has a distilled stage asked twice without guidance, if it can be', () => {
  const distilled = { kind: 'distilled', weightMin: 0, weightMax: 8 } as const;
  expect(branchShares(distilled, 3, true)).toEqual([
    { branch: 'conditional', share: 4, weightInput: 0 },
    { branch: 'negative', share: -3, weightInput: 0 },
  ]);
  expect(branchShares({ ...distilled, weightMin: 1 }, 3, true)).toEqual([
    { branch: 'conditional', share: 1, weightInput: 3 },
  ]);
});
