/**
 * A frame as text: each character cell shows two pixels, the upper one as the colour of ▀ and the lower one behind it. For
 * terminals with 24-bit colour only. Pure.
 */
import type { Preview } from '#shared/inference-contract';

/** Pixels are enlarged to at least about this many columns, so that a base stage of 40 columns is not a stamp. */
const wantedColumns = 40;

/**
 * Frame `index` (taken modulo the clip's length) as lines of at most `columns` cells and `rows` lines. Empty where it does not
 * fit with at least two lines.
 */
export function thumbnailLines(preview: Preview, index: number, columns: number, rows: number): readonly string[] {
  const { width, height, frames } = preview;
  const scale = scaleFor(width, height, columns, rows * 2);
  const cells = Math.floor(width * scale);
  const lines = Math.floor((height * scale) / 2);
  if (cells < 2 || lines < 2) return [];
  const frame = preview.rgb.subarray((index % frames) * width * height * 3);
  return Array.from({ length: lines }, (_, line) => lineOf(frame, width, scale, cells, line));
}

/** Whole factors when enlarging, so that pixels stay square; any factor when reducing. */
function scaleFor(width: number, height: number, mostColumns: number, mostRows: number): number {
  const most = Math.min(mostColumns / width, mostRows / height);
  return most < 1 ? most : Math.max(1, Math.min(Math.floor(most), Math.round(wantedColumns / width)));
}

function lineOf(frame: Uint8Array, width: number, scale: number, cells: number, line: number): string {
  let text = '';
  let before = '';
  for (let cell = 0; cell < cells; cell++) {
    const upper = meanColour(frame, width, cell / scale, (2 * line) / scale, 1 / scale);
    const lower = meanColour(frame, width, cell / scale, (2 * line + 1) / scale, 1 / scale);
    const colours = `\x1B[38;2;${upper};48;2;${lower}m`;
    text += `${colours === before ? '' : colours}▀`;
    before = colours;
  }
  return `${text}\x1B[0m`;
}

/** `r;g;b` of the pixels of a square of `size` pixels whose corner is at (x, y); of one pixel where it is smaller than one. */
function meanColour(frame: Uint8Array, width: number, x: number, y: number, size: number): string {
  const [left, top] = [Math.floor(x + 1e-9), Math.floor(y + 1e-9)];
  const [right, bottom] = [Math.max(left + 1, Math.floor(x + size)), Math.max(top + 1, Math.floor(y + size))];
  const sum: [number, number, number] = [0, 0, 0];
  for (let row = top; row < bottom; row++)
    for (let column = left; column < right; column++) {
      const at = (row * width + column) * 3;
      sum[0] += frame[at] ?? 0;
      sum[1] += frame[at + 1] ?? 0;
      sum[2] += frame[at + 2] ?? 0;
    }
  const count = (right - left) * (bottom - top);
  return sum.map((channel) => Math.round(channel / count)).join(';');
}
