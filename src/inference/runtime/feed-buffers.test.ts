import { expect, test } from 'vitest';
import { FeedBuffers } from './feed-buffers';

const fed = (data: Float32Array) => ({ type: 'float32', data, dims: [data.length] });

test('a copy is independent of what it is a copy of, and its memory serves the next one of its length', () => {
  const buffers = new FeedBuffers();
  const source = Float32Array.of(1, 2, 3);
  const first = buffers.copyOf(source);
  source[0] = 9;
  expect([...first]).toEqual([1, 2, 3]);
  buffers.giveBack({ z_t: fed(first) }, () => false);
  expect(buffers.copyOf(Float32Array.of(4, 5))).not.toBe(first);
  expect(buffers.copyOf(Float32Array.of(4, 5, 6))).toBe(first);
  expect([...first]).toEqual([4, 5, 6]);
  expect(buffers.copyOf(Float32Array.of(7, 8, 9))).not.toBe(first);
});

test('zeros come back as zeros, never for a copy', () => {
  const buffers = new FeedBuffers();
  const nothing = buffers.zeros(3);
  buffers.giveBack({ given: fed(nothing) }, (name) => name === 'given');
  expect(buffers.copyOf(Float32Array.of(1, 2, 3))).not.toBe(nothing);
  expect(buffers.zeros(3)).toBe(nothing);
  expect([...nothing]).toEqual([0, 0, 0]);
});

test('no more is kept than the last run was fed', () => {
  const buffers = new FeedBuffers();
  const [early, late] = [new Float32Array(3), new Float32Array(3)];
  buffers.giveBack({ z_t: fed(early) }, () => false);
  buffers.giveBack({ z_t: fed(late) }, () => false);
  expect(buffers.copyOf(Float32Array.of(1, 2, 3))).toBe(late);
  expect(buffers.copyOf(Float32Array.of(1, 2, 3))).not.toBe(early);
});
