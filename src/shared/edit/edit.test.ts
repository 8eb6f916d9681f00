import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stageIdSchema } from '../pack-manifest';
import { hashOf } from '../project/project.test-fixtures';
import { compose, fittedInto } from './compose';
import { fitted } from './fit';
import type { Raster } from './raster';
import { resampled } from './resample';
import { shownStage } from './shown-stage';

function raster(
  height: number,
  width: number,
  at: (x: number, y: number) => readonly [number, number, number],
): Raster {
  const rgb = Uint8Array.from(
    Array.from({ length: height * width }, (_, i) => at(i % width, Math.floor(i / width))).flat(),
  );
  return { height, width, rgb };
}
const grey = (height: number, width: number, value: number) => raster(height, width, () => [value, value, value]);
const size = fc.integer({ min: 1, max: 40 });

describe('resampling', () => {
  test('keeps a flat picture flat, in any size', () => {
    fc.assert(
      fc.property(size, size, size, size, fc.integer({ min: 0, max: 255 }), (h, w, height, width, value) => {
        expect(new Set(resampled(grey(h, w, value), { height, width }).rgb)).toEqual(new Set([value]));
      }),
    );
  });

  test('mirrored in, mirrored out', () => {
    const mirrored = ({ height, width, rgb }: Raster): Raster =>
      raster(height, width, (x, y) => {
        const at = (y * width + width - 1 - x) * 3;
        return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
      });
    fc.assert(
      fc.property(size, size, size, size, fc.infiniteStream(fc.nat(255)), (h, w, height, width, values) => {
        const next = () => Number(values.next().value);
        const picture = raster(h, w, () => [next(), next(), next()]);
        const here = resampled(picture, { height, width }).rgb;
        const there = mirrored(resampled(mirrored(picture), { height, width })).rgb;
        here.forEach((value, i) => expect(Math.abs(value - (there[i] ?? 0))).toBeLessThanOrEqual(1));
      }),
      { numRuns: 30 },
    );
  });

  // Pillow 12.3.0: Image.fromarray(ramp).resize(size, Image.Resampling.BICUBIC)
  test('agrees with Pillow’s bicubic filter, enlarging and reducing', () => {
    const ramp = raster(1, 6, (x) => [[10, 0, 255][x % 3] ?? 0, x * 40, 255 - x * 51]);
    const near = (width: number, expected: readonly number[]) => {
      const { rgb } = resampled(ramp, { height: 1, width });
      expect(rgb).toHaveLength(expected.length);
      rgb.forEach((value, i) => expect(Math.abs(value - (expected[i] ?? 0))).toBeLessThanOrEqual(1));
    };
    near(9, pillow.nine);
    near(3, pillow.three);
  });
});

const pillow = {
  nine: [
    11, 0, 255, 0, 16, 234, 33, 47, 195, 238, 73, 162, 149, 100, 128, 0, 127, 93, 0, 153, 60, 134, 184, 21, 255, 203, 0,
  ],
  three: [35, 22, 227, 103, 100, 128, 110, 178, 28],
};

describe('compositing', () => {
  test('what is not covered is black, and a picture of another shape is centred', () => {
    const wide = fittedInto(grey(2, 4, 200), { height: 4, width: 4 });
    expect([wide.height, wide.width]).toEqual([2, 4]);
    const { rgb } = compose({ height: 4, width: 4 }, [{ picture: wide, opacity: 1 }]);
    expect([0, 1, 2, 3].map((row) => rgb[row * 12])).toEqual([0, 200, 200, 0]);
  });

  test('opacity mixes coded values, rounding half up after each layer', () => {
    const [below, above] = [grey(1, 1, 100), grey(1, 1, 201)];
    const layers = [
      { picture: below, opacity: 1 },
      { picture: above, opacity: 0.5 },
    ];
    expect(compose({ height: 1, width: 1 }, layers).rgb[0]).toBe(151);
    expect(compose({ height: 1, width: 1 }, [...layers, { picture: below, opacity: 0.5 }]).rgb[0]).toBe(126);
    expect(compose({ height: 1, width: 1 }, [{ picture: above, opacity: 0 }]).rgb[0]).toBe(0);
  });

  test('a mixture lies between what is mixed, and opacity 1 hides what is below', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.double({ min: 0, max: 1, noNaN: true }), (below, above, opacity) => {
        const mixed = compose({ height: 1, width: 1 }, [
          { picture: grey(1, 1, below), opacity: 1 },
          { picture: grey(1, 1, above), opacity },
        ]).rgb[0]!;
        expect(mixed).toBeGreaterThanOrEqual(Math.min(below, above));
        expect(mixed).toBeLessThanOrEqual(Math.max(below, above));
        if (opacity === 1) expect(mixed).toBe(above);
      }),
    );
  });

  test('a fitted rectangle touches two sides, stays inside, and is never empty', () => {
    fc.assert(
      fc.property(size, size, size, size, (w, h, width, height) => {
        const box = fitted(w, h, { x: 0, y: 0, width, height });
        expect(box.width === width || box.height === height).toBe(true);
        expect(box.x >= 0 && box.y >= 0 && box.width >= 1 && box.height >= 1).toBe(true);
        expect(box.x + box.width <= width && box.y + box.height <= height).toBe(true);
      }),
    );
  });
});

describe('the stage that is shown', () => {
  const rung = (name: string, key: string, shown?: string) => ({
    stage: stageIdSchema.parse(name),
    key: hashOf(key),
    shown: shown === undefined ? undefined : { key: hashOf(shown) },
  });

  test('is the highest that is up to date, before higher ones that are stale', () => {
    const ladder = [rung('base', 'a', 'a'), rung('tsr-6', 'b', 'b'), rung('ssr-48', 'c', 'd'), rung('ssr-192', 'e')];
    expect(shownStage(ladder)?.stage).toBe('tsr-6');
    expect(shownStage(ladder.slice(2))?.stage).toBe('ssr-48');
    expect(shownStage(ladder.slice(3))).toBeUndefined();
  });

  test('is the one that is asked for, stale or not, or nothing', () => {
    const ladder = [rung('base', 'a', 'a'), rung('ssr-48', 'c', 'd'), rung('ssr-192', 'e')];
    expect(shownStage(ladder, stageIdSchema.parse('ssr-48'))?.stage).toBe('ssr-48');
    expect(shownStage(ladder, stageIdSchema.parse('ssr-192'))).toBeUndefined();
  });
});
