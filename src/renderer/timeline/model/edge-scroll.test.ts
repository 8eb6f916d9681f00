import { expect, test } from 'vitest';
import { edgeSpeed } from './edge-scroll';

const width = 1000;

test('rests in the middle, and gets faster the further out the hand is, up to a limit', () => {
  expect(edgeSpeed('across', 500, 400, width)).toBe(0);
  expect(edgeSpeed('across', 970, 400, width)).toBe(0);
  const speeds = [990, 1010, 1060, 1200, 3000].map((x) => edgeSpeed('across', x, 400, width));
  expect(speeds).toEqual([...speeds].sort((a, b) => a - b));
  expect(speeds[0]).toBeGreaterThan(0);
  expect(speeds.at(-1)).toBe(speeds.at(-2));
  expect(edgeSpeed('across', -30, 400, width)).toBe(-edgeSpeed('across', 1030, 400, width));
});

test('a drag that begins at the edge scrolls only once it is drawn further out', () => {
  expect(edgeSpeed('across', 990, 992, width)).toBe(0);
  expect(edgeSpeed('across', 996, 992, width)).toBeGreaterThan(0);
  expect(edgeSpeed('across', 9, 8, width)).toBe(0);
  expect(edgeSpeed('across', 2, 8, width)).toBeLessThan(0);
});

test('down the tracks it goes the same way, slower', () => {
  expect(edgeSpeed('down', 100, 90, 200)).toBe(0);
  expect(edgeSpeed('down', 230, 90, 200)).toBe(edgeSpeed('across', 230, 90, 200) / 3);
  expect(edgeSpeed('down', -30, 90, 200)).toBe(-edgeSpeed('down', 230, 90, 200));
});
