import { expect, it } from 'vitest';
import { columnsOf } from './text';
import { thumbnailLines } from './thumbnail';

/** Two frames of 4 × 4: quadrants of red, green, blue and white; then all grey. */
const quadrants = [0, 1].flatMap((row) =>
  [0, 1].flatMap(() =>
    [0, 1].flatMap((column) =>
      [0, 1].flatMap(
        () =>
          [
            [255, 0, 0],
            [0, 255, 0],
            [0, 0, 255],
            [255, 255, 255],
          ][row * 2 + column] ?? [],
      ),
    ),
  ),
);
const preview = {
  frames: 2,
  height: 4,
  width: 4,
  fps: 3,
  rgb: Uint8Array.from([...quadrants, ...Array<number>(48).fill(128)]),
};

it('shows two pixels a cell, upper before lower', () => {
  const lines = thumbnailLines({ ...preview }, 0, 4, 2);
  expect(lines).toEqual([
    '\x1B[38;2;255;0;0;48;2;255;0;0m▀▀\x1B[38;2;0;255;0;48;2;0;255;0m▀▀\x1B[0m',
    '\x1B[38;2;0;0;255;48;2;0;0;255m▀▀\x1B[38;2;255;255;255;48;2;255;255;255m▀▀\x1B[0m',
  ]);
});

it('goes round the frames', () => {
  expect(thumbnailLines(preview, 2, 4, 2)).toEqual(thumbnailLines(preview, 0, 4, 2));
  expect(thumbnailLines(preview, 1, 4, 2)[0]).toContain('128;128;128');
});

it('enlarges by whole factors and averages when it reduces', () => {
  const large = thumbnailLines(preview, 0, 80, 20);
  expect([large.length, columnsOf(large[0] ?? '')]).toEqual([20, 40]);
  const wide = {
    frames: 1,
    height: 40,
    width: 80,
    fps: 24,
    rgb: new Uint8Array(40 * 80 * 3).map((_, i) => (Math.floor(i / 3) % 2) * 200),
  };
  const small = thumbnailLines(wide, 0, 20, 10);
  expect([small.length, columnsOf(small[0] ?? '')]).toEqual([5, 20]);
  expect(small[0]).toContain('38;2;100;100;100');
});

it('shows nothing where there is no room', () => {
  expect(thumbnailLines(preview, 0, 1, 10)).toEqual([]);
  expect(thumbnailLines(preview, 0, 10, 1)).toEqual([]);
});
