import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { clipOf, expectClose, numbers, readGolden } from './golden.test-port';
import { pixelsFrom8Bit, pixelsTo8Bit } from './pixels';

const golden = readGolden('pixels', z.object({ x: numbers, u8: numbers, bytes: numbers, fromBytes: numbers }));

test('to 8 bits: clipped, halves up', () => {
  const rgb = pixelsTo8Bit(clipOf([1, 3, 1, 4], golden.x));
  const planar = [0, 1, 2].flatMap((channel) => [0, 1, 2, 3].map((column) => rgb[column * 3 + channel]));
  expect(planar).toEqual(golden.u8);
});

test('from 8 bits', () => {
  const pixels = golden.bytes.length / 3;
  const clip = pixelsFrom8Bit(Uint8Array.from(golden.bytes), 1, 1, pixels);
  const interleaved = golden.bytes.map((_, i) => clip.data[(i % 3) * pixels + Math.floor(i / 3)]!);
  expectClose(interleaved, golden.fromBytes, 1e-7);
});

test('8-bit frames survive the way to floats and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 36, maxLength: 36 }), (rgb) => {
      expect(pixelsTo8Bit(pixelsFrom8Bit(rgb, 2, 3, 2))).toEqual(new Uint8Array(rgb));
    }),
  );
});
