import { expect, test } from 'vitest';
import { frameTyped } from './timecode-in';

const film = { num: 24, den: 1 };

test.each([
  ['90', 90],
  ['1:12', 36],
  ['00:01:12', 36],
  ['1.12', 36],
  ['1:00:00:00', 86_400],
  ['+10', 110],
  ['-1:00', 76],
  ['-500', 0],
  [' 12 ', 12],
])('%s at frame 100 means frame %i', (text, frame) => {
  expect(frameTyped(text, film, 100)).toBe(frame);
});

test.each(['', 'abc', '1:', ':1', '1:2:3:4:5', '+-1', '1e3'])('%s means nothing', (text) => {
  expect(frameTyped(text, film, 100)).toBeUndefined();
});

test('a rate that is not whole counts as its timecode does', () => {
  expect(frameTyped('1:00', { num: 24_000, den: 1001 }, 0)).toBe(24);
});
