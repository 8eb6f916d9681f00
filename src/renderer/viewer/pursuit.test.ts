import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pursuitOf } from './pursuit';

test('a film that shows the wanted frame plays at its speed', () => {
  expect([0, 0.02, -0.02].map((ahead) => pursuitOf(ahead, 2, 24))).toEqual(Array(3).fill({ kind: 'play', rate: 2 }));
});

test('one that is a frame late plays faster, one that is ahead slower, and one that is far off seeks', () => {
  expect(pursuitOf(-1 / 24, 1, 24)).toEqual({ kind: 'play', rate: 1.1 });
  expect(pursuitOf(1 / 24, 1, 24)).toEqual({ kind: 'play', rate: 0.9 });
  expect([0.21, -0.21].map((ahead) => pursuitOf(ahead, 1, 24))).toEqual([{ kind: 'seek' }, { kind: 'seek' }]);
  // The faster it plays, the less a fifth of a second of film is.
  expect(pursuitOf(-0.7, 4, 24).kind).toBe('play');
});

/** Screens paint so often. */
const paintSec = 1 / 60;

/** How far ahead a film is after `seconds` that began so far ahead. What is wanted is a whole frame's middle, as a playhead has it. */
function after(seconds: number, aheadSec: number, rate: number, fps: number): number {
  let at = 1 + aheadSec;
  let now = 1;
  for (; now < 1 + seconds * rate; now += paintSec * rate) {
    const wanted = (Math.floor(now * fps) + 0.5) / fps;
    const pursuit = pursuitOf(at - wanted, rate, fps);
    at = pursuit.kind === 'seek' ? wanted : at + paintSec * pursuit.rate;
  }
  return at - now;
}

test('two that began on either side of where they should be are less than a frame from each other soon after', () => {
  const begun = fc.double({ min: 0, max: 0.25, noNaN: true });
  fc.assert(
    fc.property(begun, begun, fc.constantFrom(0.5, 1, 2), fc.constantFrom(12, 24, 30), (late, ahead, rate, fps) => {
      const apart = after(4, ahead, rate, fps) - after(4, -late, rate, fps);
      expect(Math.abs(apart)).toBeLessThan(1 / fps);
    }),
  );
});
