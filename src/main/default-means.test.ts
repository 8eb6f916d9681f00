import { expect, test } from 'vitest';
import { defaultMemoryBytes, defaultThreads } from './default-means';

test('2 GB of memory, and never more than half of the machine', () => {
  expect(defaultMemoryBytes(64e9)).toBe(2e9);
  expect(defaultMemoryBytes(3e9)).toBe(1.5e9);
});

test('a thread for every core of a small machine, half as many as logical cores on a large one', () => {
  expect([1, 2, 4, 5, 8, 32].map((cores) => defaultThreads(cores))).toEqual([1, 2, 4, 3, 4, 16]);
});
