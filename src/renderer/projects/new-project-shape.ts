/** What a new project can be like: sizes and frame rates that people ask for. Pure. */
import { nameSchema } from '#shared/project/text';
import type { FrameRate } from '#shared/project/time';
import type { Size } from '#shared/units';

export const longestTitle = 200;

export function isTitle(title: string): boolean {
  return nameSchema.safeParse(title.trim()).success;
}

const usualSizes: readonly Size[] = [
  { width: 1280, height: 768 },
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
  { width: 1080, height: 1920 },
  { width: 1080, height: 1080 },
];

/** In frames per second as people say them. */
export const usualFrameRates: ReadonlyMap<string, FrameRate> = new Map([
  ['24', { num: 24, den: 1 }],
  ['25', { num: 25, den: 1 }],
  ['30', { num: 30, den: 1 }],
  ['50', { num: 50, den: 1 }],
  ['60', { num: 60, den: 1 }],
  ['23.976', { num: 24_000, den: 1001 }],
  ['29.97', { num: 30_000, den: 1001 }],
  ['59.94', { num: 60_000, den: 1001 }],
]);

export function sizeName({ width, height }: Size): string {
  return `${width}×${height}`;
}

/** The usual ones, after that of the pack where it is another. */
export function offeredSizes(ofPack: Size | undefined): readonly Size[] {
  if (ofPack === undefined) return usualSizes;
  const others = usualSizes.filter((size) => sizeName(size) !== sizeName(ofPack));
  return [{ width: ofPack.width, height: ofPack.height }, ...others];
}
