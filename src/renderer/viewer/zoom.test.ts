import { expect, test } from 'vitest';
import { fit, panned, zoomStep, zoomTo } from './zoom';

test('steps go from fit over whole multiples and back; below 100 % it fits again', () => {
  const larger = [1, 2, 3].reduce((zoom) => zoomStep(zoom, 1), fit);
  expect(larger.factor).toBe(4);
  expect(zoomStep(zoomTo(1), -1)).toEqual(fit);
  expect(zoomStep(fit, -1)).toEqual(fit);
  expect(zoomStep(zoomTo(32), 1).factor).toBe(32);
});

test('what lies under the pointer stays under it', () => {
  const before = { factor: 2, x: 10, y: -4 };
  const at = { x: 30, y: 20 };
  const after = zoomStep(before, 1, at);
  const pointOf = ({ factor, x, y }: { factor: number; x: number; y: number }) => [
    (at.x - x) / factor,
    (at.y - y) / factor,
  ];
  expect(pointOf({ ...after, factor: 4 })).toEqual(pointOf(before));
});

test('only what does not fit can be moved', () => {
  expect(panned(fit, { x: 5, y: 5 })).toEqual(fit);
  expect(panned(zoomTo(2), { x: 5, y: -5 })).toEqual({ factor: 2, x: 5, y: -5 });
});
