/** The golden vectors that `models/video_diffusion/golden` wrote: what Python computes, for the engine to agree with. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { z } from 'zod';
import type { Clip } from './clip';

export const numbers = z.array(z.number());
export const clipShape = z.tuple([z.number(), z.number(), z.number(), z.number()]);

/** Throws what the schema throws. */
export function readGolden<T>(name: string, schema: z.ZodType<T>): T {
  const path = new URL(`../../models/golden/${name}.json`, import.meta.url);
  return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

export function clipOf([frames, channels, height, width]: z.infer<typeof clipShape>, values: readonly number[]): Clip {
  return { frames, channels, height, width, data: Float32Array.from(values) };
}

/** The largest difference stays below `tolerance`, absolute for numbers up to 1 and relative beyond. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-6): void {
  expect(actual.length).toBe(expected.length);
  const differences = Array.from(expected, (value, i) =>
    Object.is(actual[i], value) ? 0 : Math.abs(actual[i]! - value) / Math.max(1, Math.abs(value)),
  );
  expect(Math.max(0, ...differences)).toBeLessThan(tolerance);
}
