import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mebibyte } from '#shared/units';
import { zeroClip, type Clip } from './clip';
import { PreviewGatherer, previewShape } from './preview';

test('a preview stays under a mebibyte, never larger than asked or than the clip, and keeps the motion', () => {
  const side = fc.integer({ min: 1, max: 2000 });
  const clip = fc.record({ frames: fc.integer({ min: 1, max: 300 }), height: side, width: side, fps: fc.constant(24) });
  fc.assert(
    fc.property(clip, fc.integer({ min: 1, max: 1000 }), (shape, longestSide) => {
      const preview = previewShape(shape, longestSide);
      expect(preview.frames * preview.height * preview.width * 3).toBeLessThanOrEqual(mebibyte);
      expect(preview.height).toBeLessThanOrEqual(Math.min(shape.height, longestSide));
      expect(preview.width).toBeLessThanOrEqual(Math.min(shape.width, longestSide));
      expect(preview.frames).toBe(Math.ceil(shape.frames / preview.stride));
      expect(preview.frames).toBeGreaterThanOrEqual(Math.min(shape.frames, 9));
    }),
  );
});

test('the small stages are shown as they are', () => {
  expect(previewShape({ frames: 16, height: 24, width: 40, fps: 3 }, 320)).toEqual({
    frames: 16,
    height: 24,
    width: 40,
    stride: 1,
  });
});

test('frames come from any run, each in its place, at the slower rate of what was kept', () => {
  const shape = { frames: 64, height: 192, width: 320, fps: 12 };
  const grey = (frames: number, from: number): Clip => {
    const clip = zeroClip(frames, 3, shape.height, shape.width);
    for (let f = 0; f < frames; f++) clip.data.fill((from + f) / 64, f * 3 * 192 * 320, (f + 1) * 3 * 192 * 320);
    return clip;
  };
  const gatherer = new PreviewGatherer(shape, 320);
  for (const [from, to] of [
    [33, 64],
    [0, 7],
    [7, 33],
  ] as const)
    gatherer.add(grey(to - from, from), from);
  const { frames, height, width, fps, rgb } = gatherer.preview();
  const { stride } = previewShape(shape, 320);
  expect(stride).toBeGreaterThan(1);
  expect(fps).toBe(12 / stride);
  for (let f = 0; f < frames; f++) {
    const level = Math.floor(127.5 * ((f * stride) / 64 + 1) + 0.5);
    const frame = rgb.subarray(f * height * width * 3, (f + 1) * height * width * 3);
    expect(frame.every((value) => Math.abs(value - level) <= 1)).toBe(true);
  }
});
