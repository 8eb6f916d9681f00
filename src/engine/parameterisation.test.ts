import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { parameterisationSchema, type Parameterisation } from '#shared/pack-manifest';
import { expectClose, numbers, readGolden } from './golden.test-port';
import { flow, variancePreserving, type NoiseLevel } from './noise-level';
import { epsHatFrom, vHatFrom, xHatFrom } from './parameterisation';

const golden = readGolden(
  'parameterisation',
  z.object({
    x: numbers,
    cases: z.array(
      z.object({
        parameterisation: parameterisationSchema,
        logSnr: z.number(),
        alpha: z.number(),
        sigma: z.number(),
        zT: numbers,
        prediction: numbers,
        shrunkPrediction: numbers,
        shrunkXHat: numbers,
        shrunkEpsHat: numbers,
        shrunkVHat: numbers.optional(),
      }),
    ),
  }),
);

function xHat(parameterisation: Parameterisation, prediction: number, zT: number, level: NoiseLevel): number {
  const from = xHatFrom(parameterisation, level);
  return from.zT * zT + from.prediction * prediction;
}

test.each(golden.cases)('$parameterisation at λ = $logSnr', (example) => {
  const { parameterisation, zT, prediction, shrunkPrediction, shrunkXHat } = example;
  const each = (predictions: number[]) => predictions.map((p, i) => xHat(parameterisation, p, zT[i]!, example));
  expectClose(each(prediction), golden.x, 1e-12);
  expectClose(each(shrunkPrediction), shrunkXHat, 1e-12);
  expectClose(
    shrunkXHat.map((x, i) => epsHatFrom(x, zT[i]!, example)),
    example.shrunkEpsHat,
    1e-12,
  );
  if (example.shrunkVHat)
    expectClose(
      shrunkXHat.map((x, i) => vHatFrom(x, zT[i]!, example)),
      example.shrunkVHat,
      1e-12,
    );
});

const value = fc.double({ min: -3, max: 3, noNaN: true });
const predictions: Record<Parameterisation, (x: number, eps: number, level: NoiseLevel) => number> = {
  v: (x, eps, { alpha, sigma }) => alpha * eps - sigma * x,
  x: (x) => x,
  eps: (_, eps) => eps,
  flow: (x, eps) => eps - x,
  'flow-reversed': (x, eps) => x - eps,
};

test('v, x and ε give back the x they were made of, and its ε and v', () => {
  fc.assert(
    fc.property(value, value, fc.double({ min: -12, max: 12, noNaN: true }), (x, eps, logSnr) => {
      const level = variancePreserving(logSnr);
      const zT = level.alpha * x + level.sigma * eps;
      for (const name of ['v', 'x', 'eps'] as const)
        expect(xHat(name, predictions[name](x, eps, level), zT, level)).toBeCloseTo(x, 10);
      expect(epsHatFrom(x, zT, level)).toBeCloseTo(eps, 10);
      expect(vHatFrom(x, zT, level)).toBeCloseTo(predictions.v(x, eps, level), 10);
    }),
  );
});

test('flows of either sign give back the x they were made of', () => {
  fc.assert(
    fc.property(value, value, fc.double({ min: 0, max: 1, noNaN: true }), (x, eps, sigma) => {
      const level = flow(sigma);
      const zT = level.alpha * x + level.sigma * eps;
      for (const name of ['flow', 'flow-reversed'] as const)
        expect(xHat(name, predictions[name](x, eps, level), zT, level)).toBeCloseTo(x, 12);
    }),
  );
});
