import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Window } from './clip';
import { clipOf, expectClose, numbers, readGolden } from './golden.test-port';
import { branchShares } from './guidance';
import { firstNotFinite, writeGuidedXHat, type Predictions } from './guided-x-hat';
import { variancePreserving } from './noise-level';
import { xHatFrom } from './parameterisation';

const golden = readGolden(
  'guidance',
  z.object({
    conditional: numbers,
    unconditional: numbers,
    static: numbers,
    guided: z.array(z.object({ weight: z.number(), values: numbers })),
  }),
);
const shape: [number, number, number, number] = [2, 3, 4, 5];
const whole: Window = { frames: { from: 0, to: 2 }, rows: { from: 0, to: 4 }, columns: { from: 0, to: 5 } };

function guide(
  conditional: readonly number[],
  weight: number,
  limit = Infinity,
): { xHat: Float32Array; isFinite: boolean } {
  const values = { conditional, unconditional: golden.unconditional, negative: [] };
  const [first, second] = branchShares({ kind: 'classifier-free' }, weight, false).map((part) => ({
    ...part!,
    prediction: clipOf(shape, values[part!.branch]),
  }));
  const predictions: Predictions = [first!, second];
  const xHat = clipOf(shape, conditional);
  const from = xHatFrom('x', variancePreserving(0));
  const guided = { predictions, from, limit };
  const zT = clipOf(shape, conditional);
  const isFinite = [0, 1]
    .map((frame) => writeGuidedXHat(xHat, zT, guided, { frame, core: whole, shown: whole }))
    .every(Boolean);
  return { xHat: xHat.data, isFinite };
}

test.each(golden.guided)('guided by w = $weight', ({ weight, values }) => {
  const { xHat, isFinite } = guide(golden.conditional, weight);
  expectClose(xHat, values);
  expect(isFinite).toBe(true);
});

test('static thresholding clips on the way', () => {
  expectClose(guide(golden.conditional, 0, 1).xHat, golden.static);
});

test('clipping is min and max over the whole range of float32, whatever else is in the row', () => {
  const float = fc.oneof(
    fc.float({ noNaN: true, noDefaultInfinity: true }),
    fc.float({ min: -2, max: 2, noNaN: true }),
    fc.constantFrom(2 ** 52, -(2 ** 53), Math.fround(1e16), Math.fround(-3.4e38)),
  );
  const values = fc.array(float, { minLength: golden.conditional.length, maxLength: golden.conditional.length });
  const limit = fc.constantFrom(1, 1, 1.37);
  const check = (conditional: number[], weight: number, most: number): void => {
    const unlimited = guide(conditional, weight);
    fc.pre(unlimited.isFinite);
    const { xHat, isFinite } = guide(conditional, weight, most);
    expect(isFinite).toBe(true);
    const expected = unlimited.xHat.map((x) => Math.max(-most, Math.min(most, x)));
    xHat.forEach((x, i) => expect(Math.abs(x - expected[i]!)).toBeLessThanOrEqual(2 ** -53));
  };
  fc.assert(fc.property(values, fc.constantFrom(0, 1.5), limit, check), { numRuns: 300 });
});

test.each([NaN, Infinity, -Infinity])('%s in a prediction is noticed and found', (bad) => {
  const conditional = golden.conditional.with(77, bad);
  expect(guide(conditional, 1.5).isFinite).toBe(false);
  expect(guide(conditional, 1.5, 1).isFinite).toBe(false);
  expect(guide(conditional, 0).isFinite).toBe(false);
  expect(firstNotFinite(Float32Array.from(conditional))).toBe(77);
});
