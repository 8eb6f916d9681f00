import { expect, test } from 'vitest';
import { GivenFrames } from './given-frames';

const size = { height: 2, width: 2 };
const picture = Float32Array.from({ length: 12 }, (_, i) => i + 1);
const zeros = (length: number) => new Float32Array(length);

test('a run of frames holds what is given in it, and its mask says where', () => {
  const { given, mask } = new GivenFrames(size, new Map([[3, picture]])).window({ from: 2, to: 4 });
  expect(given.data).toEqual(Float32Array.of(...zeros(12), ...picture));
  expect(mask.data).toEqual(Float32Array.of(0, 0, 0, 0, 1, 1, 1, 1));
});

test('runs without given frames are zeros of their length, before and after others, and share their memory', () => {
  const frames = new GivenFrames(size, new Map([[3, picture]]));
  const before = frames.window({ from: 0, to: 3 });
  frames.window({ from: 2, to: 4 });
  const after = frames.window({ from: 4, to: 5 });
  for (const [window, length] of [
    [before, 3],
    [after, 1],
  ] as const) {
    expect(window.given.data).toEqual(zeros(12 * length));
    expect(window.mask.data).toEqual(zeros(4 * length));
  }
  expect(after.given.data.buffer).toBe(before.given.data.buffer);
});
