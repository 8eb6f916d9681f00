import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { scheduleSchema } from '#shared/pack-manifest';
import { expectClose, numbers, readGolden } from './golden.test-port';
import { flow, logSnrInput, variancePreserving } from './noise-level';
import { cosineLogSnr, noiseLevels } from './schedule';

const number = z.union([z.number(), z.literal(['Infinity', '-Infinity']).transform(Number)]);
const golden = readGolden(
  'schedules',
  z.object({
    cosine: z.array(z.object({ schedule: scheduleSchema, t: numbers, logSnr: numbers })),
    levels: z.array(
      z.object({
        schedule: scheduleSchema,
        steps: z.number(),
        logSnr: z.array(number),
        alpha: numbers,
        sigma: numbers,
      }),
    ),
  }),
);

test.each(golden.cosine)('λ(t) of $schedule', ({ schedule, t, logSnr }) => {
  if (schedule.kind !== 'cosine') throw new Error('not a cosine schedule');
  expectClose(
    t.map((time) => cosineLogSnr(time, schedule)),
    logSnr,
    1e-9,
  );
});

test.each(golden.levels)('levels of $steps steps of $schedule', ({ schedule, steps, logSnr, alpha, sigma }) => {
  const levels = noiseLevels(schedule, steps);
  expectClose(
    levels.map((level) => level.logSnr),
    logSnr,
    1e-9,
  );
  expectClose(
    levels.map((level) => level.alpha),
    alpha,
    1e-12,
  );
  expectClose(
    levels.map((level) => level.sigma),
    sigma,
    1e-12,
  );
});

test('both families keep λ = log(α²/σ²), also far out', () => {
  fc.assert(
    fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (logSnr) => {
      const level = variancePreserving(logSnr);
      expect(level.alpha ** 2 + level.sigma ** 2).toBeCloseTo(1, 14);
      expect(2 * Math.log(level.alpha / level.sigma)).toBeCloseTo(logSnr, 12);
    }),
  );
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (sigma) => {
      const level = flow(sigma);
      expect(level.alpha + level.sigma).toBe(1);
      expect(2 * Math.log(level.alpha / level.sigma)).toBeCloseTo(level.logSnr, 9);
    }),
  );
});

test('pure and clean ends are told to a network as ±30', () => {
  expect([flow(1), flow(0), flow(0.5)].map(logSnrInput)).toEqual([-30, 30, 0]);
});

test('a list of sigmas has as many steps as it has', () => {
  const schedule = { kind: 'sigmas' as const, sigmas: [1, 0.5, 0] };
  expect(() => noiseLevels(schedule, 3)).toThrow(/made for 2 steps, but 3 were asked for. Ask for 2 steps/);
});
