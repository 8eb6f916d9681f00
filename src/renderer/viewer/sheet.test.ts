// @vitest-environment jsdom
import { beforeEach, expect, test, vi } from 'vitest';
import { hashOf } from '#shared/project/project.test-fixtures';
import type { ArtifactFacts } from '#shared/studio/artifact-facts';
import { stripUrl } from '#shared/studio/media-url';
import { drawFrame, movingStripOf, sheetOfStrip } from './sheet';

const key = hashOf('a');
const largest: ArtifactFacts = { key, frames: 128, height: 768, width: 1280, fps: 24, framesSha256: key, sizeBytes: 1 };

vi.useFakeTimers();
let loading: HTMLImageElement[] = [];

beforeEach(() => {
  loading = [];
  vi.stubGlobal('Image', function image() {
    const made = document.createElement('img');
    loading.push(made);
    return made;
  });
});

function load(image: HTMLImageElement | undefined, width: number, height: number): void {
  Object.defineProperties(image, { naturalWidth: { value: width }, naturalHeight: { value: height } });
  image?.dispatchEvent(new Event('load'));
}

test('what moves has every frame of the longest clip, no larger than it is shown, and never larger than it is', () => {
  expect(movingStripOf(largest, 150)).toEqual({ url: stripUrl(key, 128, 192), frames: 128 });
  expect(movingStripOf(largest, 900).url).toBe(stripUrl(key, 128, 256));
  expect(movingStripOf({ ...largest, frames: 16, height: 24, width: 40 }, 150)).toEqual({
    url: stripUrl(key, 16, 24),
    frames: 16,
  });
});

test('frames past the first row are drawn from the second', () => {
  expect(sheetOfStrip('/rows.png', 128, () => undefined)).toBeUndefined();
  load(loading[0], 64 * 40, 2 * 24);
  const sheet = sheetOfStrip('/rows.png', 128, () => undefined);
  const drawImage = vi.fn<(...of: unknown[]) => void>();
  const context = { drawImage } as unknown as CanvasRenderingContext2D;
  for (const frame of [0, 63, 64, 500]) drawFrame(context, sheet!, frame, { x: 0, y: 0, width: 4, height: 4 });
  expect(drawImage.mock.calls.map((call) => call.slice(1, 5))).toEqual([
    [0, 0, 40, 24],
    [63 * 40, 0, 40, 24],
    [0, 24, 40, 24],
    [63 * 40, 24, 40, 24],
  ]);
});

test('strips in sight stay however many they are; of the others 256 MiB do', () => {
  const look = (at: number) => sheetOfStrip(`/kept-${at}.png`, 128, () => undefined) !== undefined;
  const all = Array.from({ length: 12 }, (_, at) => at);
  all.forEach(look);
  // Of 40 MiB each.
  for (const image of loading) load(image, 64 * 256, 640);
  expect(all.map(look)).not.toContain(false);
  vi.advanceTimersByTime(2000);
  expect(look(0)).toBe(true);
  sheetOfStrip('/another.png', 128, () => undefined);
  load(loading.at(-1), 64 * 256, 640);
  expect(all.filter(look)).toEqual([0, 8, 9, 10, 11]);
});
