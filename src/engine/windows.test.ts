import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SluiceError } from '#shared/errors';
import type { StageSpec } from '#shared/pack-manifest';
import { mebibyte } from '#shared/units';
import { stageSpec } from './analytic-stage.test-port';
import { lengthOf, type Range } from './clip';
import { cutAxis, planWindows, type Cut, type StageWindows } from './windows';

const output = { frames: 128, height: 768, width: 1280, fps: 24 };
const cost = { parameters: 1, flopsPerFrame: 1, bytesPerFrame: 40_000_000 };
const guidance = { kind: 'distilled', weightMin: 0, weightMax: 8 };
const causal = {
  kind: 'causal',
  haloPixels: 64,
  multipleOf: 8,
  states: [{ frames: 2, channels: 64, cellPixels: 8 }],
};
const halo = { kind: 'halo', haloFrames: 3, haloPixels: 40, multipleOf: 8 };
const lowRes = { resize: 'graph' };
const input = { frames: 128, height: 192, width: 320 };
const ssr = (window: Record<string, unknown>) => stageSpec({ kind: 'ssr', output, cost, guidance, lowRes, window });

/** Whether the cores of `cuts`, in order, make up the axis, each within what is shown. */
function covers(cuts: readonly Cut[], length: number): boolean {
  const inOrder = cuts.every(({ core, shown }, i) => {
    const begins = i === 0 ? 0 : cuts[i - 1]!.core.to;
    return core.from === begins && core.to > core.from && shown.from <= core.from && shown.to >= core.to;
  });
  return inOrder && cuts.at(-1)!.core.to === length;
}

test('pieces make up the axis, at multiples of the unit, shown at least the halo on both sides', () => {
  const axis = fc.record({
    units: fc.integer({ min: 1, max: 60 }),
    unit: fc.integer({ min: 1, max: 16 }),
    rest: fc.nat(15),
    count: fc.integer({ min: 1, max: 60 }),
    halo: fc.nat(70),
  });
  fc.assert(
    fc.property(axis, ({ units, unit, rest, count, halo: haloLength }) => {
      fc.pre(count <= units);
      const length = units * unit + (rest % unit);
      const cuts = cutAxis({ length, count, halo: haloLength, unit });
      expect(covers(cuts, length)).toBe(true);
      for (const { core, shown } of cuts) {
        expect(shown.from % unit).toBe(0);
        expect(core.from % unit).toBe(0);
        expect(shown.from).toBeLessThanOrEqual(Math.max(0, core.from - haloLength));
        expect(shown.to).toBeGreaterThanOrEqual(Math.min(length, core.to + haloLength));
      }
    }),
  );
});

test.each([
  ['causal', ssr(causal)],
  ['halo', ssr(halo)],
])('a %s stage fits in what it is given, and tiles align with its input', (_, spec) => {
  fc.assert(
    fc.property(fc.integer({ min: 300 * mebibyte, max: 8192 * mebibyte }), (memoryBytes) => {
      const windows = planWindows(spec, input, memoryBytes);
      expect(windows.bytes).toBeLessThanOrEqual(memoryBytes);
      expect(covers(windows.runs, 128)).toBe(true);
      for (const tile of windows.tiles)
        for (const { shown } of [tile.rows, tile.columns]) expect(shown.from % 8).toBe(0);
      const area = windows.tiles.reduce(
        (sum, { rows, columns }) => sum + lengthOf(rows.core) * lengthOf(columns.core),
        0,
      );
      expect(area).toBe(768 * 1280);
    }),
    { numRuns: 40 },
  );
});

const shownFrames = (windows: StageWindows): Range[] => windows.runs.map((run) => run.shown);

test('less memory means shorter runs, then tiles; carried state needs no frames twice', () => {
  const roomy = planWindows(ssr(causal), input, 2048 * mebibyte);
  const tight = planWindows(ssr(causal), input, 60 * mebibyte);
  expect(roomy.tiles).toHaveLength(1);
  expect(shownFrames(roomy).reduce((sum, range) => sum + lengthOf(range), 0)).toBe(128);
  expect(tight.tiles.length).toBeGreaterThan(1);
});

test('no window that can be cut exceeds 512 MiB, however much memory there is', () => {
  expect(planWindows(ssr(causal), input, Number.MAX_SAFE_INTEGER).largestBytes).toBeLessThanOrEqual(512 * mebibyte);
});

test('one that cannot be cut smaller may, as long as it fits', () => {
  const heavy = { ...ssr({ ...causal, haloPixels: 0 }), cost: { ...cost, bytesPerFrame: 600 * mebibyte } };
  const { runs, largestBytes } = planWindows(heavy, input, 1024 * mebibyte);
  expect(runs).toHaveLength(128);
  expect(largestBytes).toBeGreaterThan(600 * mebibyte);
  expect(() => planWindows(heavy, input, 600 * mebibyte)).toThrow(SluiceError);
});

test('several windows take more than the largest of them: the next two are made ready meanwhile', () => {
  const several = planWindows(ssr(causal), input, 1024 * mebibyte);
  expect(several.runs.length).toBeGreaterThan(1);
  expect(several.bytes).toBeGreaterThan(several.largestBytes);
  const whole = planWindows(stageSpec({ output, cost, window: { kind: 'whole' } }), undefined, 2 ** 40);
  expect(whole.bytes).toBe(whole.largestBytes);
});

test('a stage without spatial halo, and one that its input does not divide, is not tiled', () => {
  const untiled = ssr({ ...halo, haloPixels: 0 });
  expect(planWindows(untiled, input, 1280 * mebibyte).tiles).toHaveLength(1);
  const odd = { frames: 128, height: 200, width: 320 };
  expect(() => planWindows(ssr(causal), odd, 50 * mebibyte)).toThrow(SluiceError);
  expect(planWindows(ssr(causal), input, 60 * mebibyte).tiles.length).toBeGreaterThan(1);
});

test.each([
  ['whole', stageSpec({ output, cost, window: { kind: 'whole' } })],
  ['causal', ssr(causal)],
] satisfies [string, StageSpec][])('too little memory for a %s stage says how much is missing', (_, spec) => {
  const attempt = () => planWindows(spec, undefined, 20 * mebibyte);
  expect(attempt).toThrow(/needs about \d+ MiB .* but 20 MiB are left for it. Raise the memory setting by \d+ MiB/);
  const needed = /needs about (\d+) MiB/.exec(String(catchError(attempt)))![1];
  expect(() => planWindows(spec, undefined, Number(needed) * mebibyte)).not.toThrow();
});

function catchError(attempt: () => unknown): unknown {
  try {
    return attempt();
  } catch (error) {
    return error;
  }
}
