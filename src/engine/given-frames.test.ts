import { expect, test } from 'vitest';
import { GivenFrames } from './given-frames';

const size = { height: 2, width: 2 };
const picture = Float32Array.from({ length: 12 }, (_, i) => i + 1);

test('a run of frames holds what is given in it, and its mask says where', () => {
  const window = new GivenFrames(size, new Map([[3, picture]])).window({ from: 2, to: 4 });
  expect(window?.given.data).toEqual(Float32Array.of(...new Float32Array(12), ...picture));
  expect(window?.mask.data).toEqual(Float32Array.of(0, 0, 0, 0, 1, 1, 1, 1));
});

test('runs in which nothing is given have no window', () => {
  const frames = new GivenFrames(size, new Map([[3, picture]]));
  expect(frames.window({ from: 0, to: 3 })).toBeUndefined();
  expect(frames.window({ from: 4, to: 8 })).toBeUndefined();
});
