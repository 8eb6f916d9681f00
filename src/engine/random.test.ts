import { expect, test } from 'vitest';
import { z } from 'zod';
import { numbers, readGolden } from './golden.test-port';
import { normalQuantile } from './normal-quantile';
import { normalOf, normalTable } from './normal-table';
import { addNormal, fnv1a32, noisePurposes, noiseStream, pcg4d, type NoisePurpose } from './random';

const word = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const golden = readGolden(
  'random',
  z.object({
    pcg4d: z.array(z.object({ input: word, output: word })),
    fnv1a: z.array(z.object({ text: z.string(), hash: z.number() })),
    inverseNormalCdf: z.array(z.object({ u: z.number(), value: z.number() })),
    streams: z.array(
      z.object({
        seed: z.number(),
        stage: z.string(),
        purpose: z.number(),
        step: z.number(),
        key: word,
        frame: z.number(),
        start: z.number(),
        normals: numbers,
      }),
    ),
  }),
);
const purposeOf = (value: number): NoisePurpose =>
  (Object.keys(noisePurposes) as NoisePurpose[]).find((name) => noisePurposes[name] === value)!;

test.each(golden.pcg4d)('pcg4d of $input', ({ input, output }) => {
  expect([...pcg4d(...input)]).toEqual(output);
});

test.each(golden.fnv1a)('FNV-1a of "$text"', ({ text, hash }) => {
  expect(fnv1a32(text)).toBe(hash);
});

test.each(golden.inverseNormalCdf)('Φ⁻¹($u)', ({ u, value }) => {
  const quantile = u > 0.5 ? -normalQuantile(1 - u) : normalQuantile(u);
  expect(Math.abs(quantile - value)).toBeLessThanOrEqual(4e-15 * Math.abs(value));
});

test('the table gives Φ⁻¹ of every word to 10⁻¹¹, in the tails as in the middle', () => {
  const table = normalTable();
  let worst = 0;
  for (let k = 0; k < 2 ** 23; k += k < 2 ** 14 ? 1 : 61) {
    const exact = normalQuantile((k + 0.5) / 2 ** 24);
    const word = k << 8;
    worst = Math.max(worst, Math.abs(normalOf(table, word) - exact), Math.abs(normalOf(table, ~word) + exact));
  }
  expect(worst).toBeLessThan(1e-11);
});

test.each(golden.streams)('noise of seed $seed, stage $stage, step $step', (stream) => {
  const noise = noiseStream(stream.seed, stream.stage, purposeOf(stream.purpose), stream.step);
  const [x, y, z, w] = stream.key;
  expect([noise.x >>> 0, noise.y >>> 0]).toEqual([(x ^ z) >>> 0, (y ^ w) >>> 0]);
  const numbers = new Float32Array(stream.start + stream.normals.length);
  addNormal(noise, stream.frame, 1, numbers);
  expect([...numbers.subarray(stream.start)]).toEqual(stream.normals);
});

test('noise is standard normal: moments, tails, no correlation between neighbours or frames', () => {
  const length = 1_000_003;
  const [first, second] = [0, 1].map((frame) => {
    const noise = new Float32Array(length);
    addNormal(noiseStream(7, 'base', 'initial', 0), frame, 1, noise);
    return noise;
  });
  const mean = (term: (x: number, i: number) => number) => first!.reduce((sum, x, i) => sum + term(x, i), 0) / length;
  const fiveSigma = 5 / Math.sqrt(length);
  expect(Math.abs(mean((x) => x))).toBeLessThan(fiveSigma);
  expect(Math.abs(mean((x) => x * x) - 1)).toBeLessThan(fiveSigma * Math.sqrt(2));
  expect(Math.abs(mean((x) => x ** 3))).toBeLessThan(fiveSigma * Math.sqrt(15));
  expect(Math.abs(mean((x) => x ** 4) - 3)).toBeLessThan(fiveSigma * Math.sqrt(96));
  expect(Math.abs(mean((x) => Number(Math.abs(x) > 3)) - 0.0026998)).toBeLessThan(fiveSigma * Math.sqrt(0.0027));
  for (const lag of [1, 2, 3, 4, 4096])
    expect(Math.abs(mean((x, i) => x * (first![i + lag] ?? 0)))).toBeLessThan(fiveSigma);
  expect(Math.abs(mean((x, i) => x * second![i]!))).toBeLessThan(fiveSigma);
});

test('a standard deviation scales what is added', () => {
  const noise = noiseStream(1, 'base', 'sampler', 2);
  const unit = new Float32Array(10);
  addNormal(noise, 4, 1, unit);
  const scaled = new Float32Array(10).fill(2);
  addNormal(noise, 4, 0.5, scaled);
  expect([...scaled]).toEqual([...unit].map((x) => Math.fround(2 + 0.5 * x)));
});
