import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guidanceCurveSchema, type GuidanceCurve } from '#shared/guidance';
import { pathOf, rangeOf, stepAt, weightAt, weightsOf, xOfStep, yOfWeight } from './chart';
import { asKind, handlesOf, movedTo, withoutPoint, withPoint } from './handles';

const chart = { width: 260, height: 116, steps: 8, least: 0, most: 10 };
const wave: GuidanceCurve = { kind: 'oscillating', high: 4, low: 1, fromStep: 2, toStep: 6, period: 2 };
const line: GuidanceCurve = {
  kind: 'curve',
  points: [
    { at: 0, weight: 3 },
    { at: 1, weight: 1 },
  ],
};

const curves = fc.oneof(
  fc.record({ kind: fc.constant('constant' as const), weight: fc.integer({ min: 0, max: 20 }) }),
  fc.record({
    kind: fc.constant('oscillating' as const),
    high: fc.integer({ min: 0, max: 20 }),
    low: fc.integer({ min: 0, max: 5 }),
    fromStep: fc.nat(8),
    period: fc.constantFrom(2, 4),
  }),
  fc
    .uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 8 })
    .map((at) => at.sort((a, b) => a - b).map((each) => ({ at: each / 100, weight: each / 10 })))
    .map((points) => ({ kind: 'curve' as const, points })),
);

describe('the chart', () => {
  test('steps and weights are found again where they are drawn', () => {
    for (const step of [0, 3, 7]) expect(stepAt(chart, xOfStep(chart, step))).toBeCloseTo(step);
    for (const weight of [0, 2.5, 10]) expect(weightAt(chart, yOfWeight(chart, weight))).toBe(weight);
    expect(weightAt(chart, -500)).toBe(10);
  });

  test('the line is level within a step', () => {
    expect(pathOf({ ...chart, steps: 2 }, [10, 0])).toBe('M8.0 8.0H130.0L130.0 108.0H252.0');
  });

  test('the axis is round and holds the curve, or what the stage takes', () => {
    expect(rangeOf(wave, 8)).toEqual({ least: 0, most: 10 });
    expect(rangeOf({ kind: 'constant', weight: 25 }, 8)).toEqual({ least: 0, most: 30 });
    expect(rangeOf(wave, 8, { least: 0, most: 8 })).toEqual({ least: 0, most: 8 });
  });
});

describe('handles', () => {
  test('of an oscillation move its weights and its window', () => {
    expect(movedTo(wave, 8, 'high', { step: 0, weight: 7 })).toMatchObject({ high: 7 });
    expect(movedTo(wave, 8, 'from', { step: 3.6, weight: 0 })).toMatchObject({ fromStep: 4 });
    expect(movedTo(wave, 8, 'from', { step: 99, weight: 0 })).toMatchObject({ fromStep: 5 });
    expect(movedTo(wave, 8, 'to', { step: -3, weight: 0 })).toMatchObject({ toStep: 3 });
    expect(movedTo(wave, 8, 'to', { step: 50, weight: 0 })).not.toHaveProperty('toStep');
  });

  test('a point stays between its neighbours', () => {
    const three = withPoint(line);
    expect(three).toMatchObject({ points: [{ at: 0 }, { at: 0.5, weight: 2 }, { at: 1 }] });
    expect(movedTo(three, 8, 'point-1', { step: 99, weight: 6 })).toMatchObject({
      points: [{}, { at: 0.999, weight: 6 }, {}],
    });
    expect(withoutPoint(three, 1)).toEqual(line);
    expect(withoutPoint(line, 0)).toEqual(line);
  });

  test('whatever the hand does, the curve stays valid', () => {
    const where = fc.record({
      step: fc.double({ min: -20, max: 40, noNaN: true }),
      weight: fc.double({ min: -9, max: 99, noNaN: true }),
    });
    fc.assert(
      fc.property(
        curves,
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.tuple(fc.nat(9), where), { maxLength: 6 }),
        (curve, steps, moves) => {
          let moved: GuidanceCurve = curve;
          for (const [index, to] of moves) {
            const handles = handlesOf(moved, steps);
            moved = movedTo(moved, steps, handles[index % handles.length]!.id, to);
            expect(guidanceCurveSchema.parse(moved)).toEqual(moved);
          }
        },
      ),
    );
  });

  test('another kind of curve keeps the weights it can keep', () => {
    expect(asKind({ kind: 'constant', weight: 4 }, 'curve', 8)).toMatchObject({
      points: [{ weight: 4 }, { weight: 4 }],
    });
    expect(asKind(wave, 'constant', 8)).toEqual({ kind: 'constant', weight: 4 });
    expect(weightsOf(asKind({ kind: 'constant', weight: 4 }, 'oscillating', 8), 8).slice(0, 4)).toEqual([4, 4, 4, 1]);
  });
});
