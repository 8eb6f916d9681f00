import { expect, test } from 'vitest';
import { guidanceCurveSchema } from '#shared/guidance';
import { builtInCurve, builtInPresets, fittingCurve, isSameCurve } from './presets';

const curve = { kind: 'constant', weight: 3 } as const;

test.each(builtInPresets)('%s is valid for any number of steps, and fits what a distilled stage takes', (id) => {
  for (const steps of [1, 2, 8, 256]) {
    const made = builtInCurve(id, steps);
    expect(guidanceCurveSchema.parse(made)).toEqual(made);
    const fitting = fittingCurve(made, { kind: 'distilled', weightMin: 0, weightMax: 4 });
    expect(guidanceCurveSchema.parse(fitting)).toEqual(fitting);
    expect(JSON.stringify(fitting)).not.toMatch(/"(weight|high)":(5|8|15)\b/);
  }
});

test('curves are the same whatever the order of their fields', () => {
  expect(isSameCurve(curve, { weight: 3, kind: 'constant' })).toBe(true);
  expect(isSameCurve(curve, { kind: 'constant', weight: 4 })).toBe(false);
});
