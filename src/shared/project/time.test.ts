import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  frameSchema,
  isFrame,
  longestProjectFrames,
  paceOf,
  sourceFramesAfter,
  speedSchema,
  timelineFramesWithin,
} from './time';

const rates = fc.constantFrom(
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  { num: 30000, den: 1001 },
  { num: 48000, den: 1 },
  { num: 3, den: 1 },
);
const speeds = fc
  .record({ num: fc.integer({ min: 1, max: 1600 }), den: fc.integer({ min: 1, max: 1000 }) })
  .filter((speed) => speedSchema.safeParse(speed).success);

it.each([-1, -0, 0, 0.5, 1, longestProjectFrames, longestProjectFrames + 1, NaN, Infinity])(
  'knows as the schema does whether %d is a frame',
  (value) => {
    expect(isFrame(value)).toBe(frameSchema.safeParse(value).success);
  },
);

it('fills a source to its last frame and not beyond', () => {
  fc.assert(
    fc.property(rates, rates, speeds, fc.integer({ min: 1, max: 1_000_000 }), (source, project, speed, frames) => {
      const pace = paceOf(source, project, speed);
      const length = timelineFramesWithin(frames, pace);
      expect(sourceFramesAfter(length - 1, pace)).toBeLessThan(frames);
      expect(sourceFramesAfter(length, pace)).toBeGreaterThanOrEqual(frames);
    }),
  );
});

it('is exact at rates that no binary fraction holds', () => {
  const pace = paceOf({ num: 30000, den: 1001 }, { num: 24, den: 1 }, { num: 1, den: 1 });
  expect(pace).toEqual({ num: 1250, den: 1001 });
  expect(sourceFramesAfter(1001 * 1000, pace)).toBe(1250 * 1000);
  expect(sourceFramesAfter(1001 * 1000 - 1, pace)).toBe(1250 * 1000 - 2);
});

it('counts samples of sound like frames', () => {
  const pace = paceOf({ num: 48000, den: 1 }, { num: 24, den: 1 }, { num: 1, den: 1 });
  expect(sourceFramesAfter(12, pace)).toBe(24000);
});
