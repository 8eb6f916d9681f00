import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { samplerSchema, type SamplerChoice } from '#shared/guidance';
import { scheduleSchema, type NoiseSchedule } from '#shared/pack-manifest';
import { finishStage, stageRun, stageSpec } from '../analytic-stage.test-port';
import type { StageNetwork } from '../denoiser';
import { clipShape, expectClose, numbers, readGolden } from '../golden.test-port';
import { flow, variancePreserving, type NoiseLevel } from '../noise-level';
import { resolveParameters } from '../plan-parameters';
import { isFlowSchedule, noiseLevels } from '../schedule';
import { ancestral } from './ancestral';
import { ddim } from './ddim';
import { euler } from './euler';
import { heun } from './heun';
import { stochasticNStep } from './stochastic-n-step';
import { evaluationsOf, samplerOf } from './table';

const golden = readGolden(
  'samplers',
  z.object({
    seed: z.number(),
    stage: z.string(),
    shape: clipShape,
    dataStd: z.number(),
    runs: z.array(
      z.object({
        sampler: samplerSchema,
        schedule: scheduleSchema,
        steps: z.number(),
        evaluations: z.array(z.object({ step: z.number(), level: z.number(), zT: numbers })),
        final: numbers,
      }),
    ),
  }),
);

/** x̂ of the posterior mean for data N(0, s²): α s² z / (α² s² + σ²). */
function gaussianNetwork(
  schedule: NoiseSchedule,
): StageNetwork & { readonly seen: Float32Array[]; xHat: Float32Array } {
  const network = {
    seen: new Array<Float32Array>(),
    xHat: new Float32Array(),
    evaluate({ zT, logSnr }: Parameters<StageNetwork['evaluate']>[0]) {
      const level = isFlowSchedule(schedule) ? flow(1 / (1 + Math.exp(logSnr / 2))) : variancePreserving(logSnr);
      const variance = golden.dataStd ** 2;
      const share = (level.alpha * variance) / (level.alpha ** 2 * variance + level.sigma ** 2);
      network.seen.push(zT.data.slice());
      network.xHat = zT.data.map((z) => share * z);
      return Promise.resolve({ ...zT, data: network.xHat });
    },
  };
  return network;
}

test.each(golden.runs)('$sampler, $steps steps of $schedule, as in Python', async (example) => {
  const [frames, , height, width] = golden.shape;
  const spec = stageSpec({
    id: golden.stage,
    output: { frames, height, width, fps: 8 },
    parameterisation: 'x',
    schedule: example.schedule,
  });
  const network = gaussianNetwork(example.schedule);
  const parameters = resolveParameters(spec, { steps: example.steps, sampler: example.sampler });
  await finishStage(stageRun({ spec, network, parameters, seed: golden.seed }));
  expect(network.seen).toHaveLength(example.evaluations.length);
  network.seen.forEach((zT, i) => expectClose(zT, example.evaluations[i]!.zT));
  expectClose(network.xHat, example.final);
});

const cosine: NoiseSchedule = { kind: 'cosine', logSnrMin: -20, logSnrMax: 20, shift: 1 };
const linear: NoiseSchedule = { kind: 'shifted-linear', shift: 3 };
const anyStep = fc.integer({ min: 3, max: 64 }).chain((steps) => fc.tuple(fc.constant(steps), fc.nat(steps - 3)));

function stepLevels(schedule: NoiseSchedule, steps: number, step: number) {
  const [from, to, afterNext] = noiseLevels(schedule, steps).slice(step);
  return { from: from!, to: to!, afterNext: afterNext! };
}

/** How much signal and how much noise variance an update leaves in z_s when x̂ = x: they should be level s. */
function marginal(t: NoiseLevel, { zT, xHat, noise }: { zT: number; xHat: number; noise: number }) {
  return { alpha: zT * t.alpha + xHat, sigma: Math.hypot(zT * t.sigma, noise) };
}

test('with a perfect x̂, DDIM, stochastic and ancestral (γ = 0) steps land on the marginal of level s', () => {
  fc.assert(
    fc.property(anyStep, fc.constantFrom(cosine, linear), ([steps, step], schedule) => {
      const levels = stepLevels(schedule, steps, step);
      for (const sampler of [ddim, stochasticNStep, (l: typeof levels) => ancestral(l, 0)]) {
        const { alpha, sigma } = marginal(levels.from, sampler(levels)[0]!.weights);
        expect(alpha).toBeCloseTo(levels.to.alpha, 10);
        expect(sigma).toBeCloseTo(levels.to.sigma, 10);
      }
    }),
  );
});

test('γ interpolates the logarithm of the ancestral variance between its bounds', () => {
  fc.assert(
    fc.property(anyStep, fc.double({ min: 0, max: 1, noNaN: true }), ([steps, step], gamma) => {
      const levels = stepLevels(cosine, steps, step);
      const std = (g: number) => ancestral(levels, g)[0]!.weights.noise;
      const lost = 1 - Math.exp(levels.from.logSnr - levels.to.logSnr);
      expect(std(0)).toBeCloseTo(Math.sqrt(lost) * levels.to.sigma, 12);
      expect(std(1)).toBeCloseTo(Math.sqrt(lost) * levels.from.sigma, 12);
      expect(Math.log(std(gamma))).toBeCloseTo((1 - gamma) * Math.log(std(0)) + gamma * Math.log(std(1)), 10);
    }),
  );
});

test('Euler on a flow is DDIM', () => {
  fc.assert(
    fc.property(anyStep, ([steps, step]) => {
      const levels = stepLevels(linear, steps, step);
      const [a, b] = [euler(levels)[0]!.weights, ddim(levels)[0]!.weights];
      expect(a.zT).toBeCloseTo(b.zT, 12);
      expect(a.xHat).toBeCloseTo(b.xHat, 12);
    }),
  );
});

test('Heun follows a slope that is linear in σ exactly, where Euler does not', () => {
  const levels = stepLevels(linear, 4, 1);
  const { from: t, to: s } = levels;
  const slope = (sigma: number) => 2 * sigma + 1;
  const z = (sigma: number) => sigma ** 2 + sigma;
  const [predict, correct] = heun(levels);
  const step = (zT: number, zHat: number, xHat: number, w: { zT: number; zHat: number; xHat: number }) =>
    w.zT * zT + w.zHat * zHat + w.xHat * xHat;
  const zHat = step(z(t.sigma), 0, z(t.sigma) - t.sigma * slope(t.sigma), predict!.weights);
  const zS = step(z(t.sigma), zHat, zHat - s.sigma * slope(s.sigma), correct!.weights);
  expect(zS).toBeCloseTo(z(s.sigma), 12);
  expect(Math.abs(zHat - z(s.sigma))).toBeGreaterThan(0.01);
});

const choices: SamplerChoice[] = [
  { kind: 'ddim' },
  { kind: 'ancestral', gamma: 1 },
  { kind: 'stochastic-n-step' },
  { kind: 'euler' },
  { kind: 'heun' },
];

test.each(choices)('the last step of $kind returns x̂', (choice) => {
  const levels = noiseLevels(choice.kind === 'heun' ? linear : cosine, 3);
  const evaluations = evaluationsOf(samplerOf(choice), levels, 2);
  expect(evaluations).toEqual([{ at: levels[2], of: 'zT', weights: { zT: 0, zHat: 0, xHat: 1, noise: 0 } }]);
});
