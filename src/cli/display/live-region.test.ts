import { expect, it } from 'vitest';
import { LiveRegion } from './live-region';

/** A terminal as far as the region uses one: understands its control sequences, wraps nothing, keeps all lines. */
class Screen {
  columns = 20;
  rows = 10;
  written: string[] = [];
  lines: string[] = [''];
  row = 0;
  cursorShown = true;

  write(text: string): void {
    this.written.push(text);
    for (const [piece, up] of text.matchAll(/\x1B\[(\d+)A\r|\x1B\[K|\x1B\[J|\x1B\[\?25[hl]|\x1B\[\?2026[hl]|\n|[^]/g)) {
      if (up !== undefined) this.row -= Number(up);
      else if (piece === '\x1B[J') this.lines.length = this.row;
      else if (piece === '\x1B[?25l' || piece === '\x1B[?25h') this.cursorShown = piece.endsWith('h');
      else if (piece === '\n') this.row += 1;
      else if (!piece.startsWith('\x1B')) this.put(piece);
      if (up !== undefined || piece === '\n') this.fresh = true;
    }
  }

  private fresh = true;
  private put(character: string): void {
    this.lines[this.row] = (this.fresh ? '' : (this.lines[this.row] ?? '')) + character;
    this.fresh = false;
  }
}

it('redraws in place, one write a picture', () => {
  const screen = new Screen();
  const region = new LiveRegion(screen);
  region.draw(['one', 'two', 'three']);
  expect(screen.lines).toEqual(['one', 'two', 'three']);
  expect(screen.cursorShown).toBe(false);
  region.draw(['eins', 'zwei']);
  expect(screen.lines).toEqual(['eins', 'zwei']);
  expect(screen.written).toHaveLength(2);
  region.draw(['eins', 'zwei']);
  expect(screen.written).toHaveLength(2);
});

it('keeps what is written above it', () => {
  const screen = new Screen();
  const region = new LiveRegion(screen);
  region.draw(['state']);
  region.writeAbove('a note\n');
  region.draw(['new state']);
  expect(screen.lines).toEqual(['a note', 'new state']);
});

it('gives the cursor back, once, and leaves the last lines', () => {
  const screen = new Screen();
  const region = new LiveRegion(screen);
  region.draw(['running', 'thumbnail']);
  region.close(['done']);
  region.close(['again']);
  expect(screen.lines).toEqual(['done']);
  expect(screen.cursorShown).toBe(true);
});

it('never writes more lines than the screen has, nor longer ones', () => {
  const screen = new Screen();
  screen.rows = 3;
  new LiveRegion(screen).draw(['a', 'b', 'c', 'x'.repeat(40)]);
  expect(screen.lines).toEqual(['c', `${'x'.repeat(18)}…`]);
});

it('finds its top again when a narrower terminal has wrapped its lines', () => {
  const screen = new Screen();
  const region = new LiveRegion(screen);
  region.draw(['x'.repeat(15), 'y']);
  screen.columns = 8;
  region.draw(['short', 'y']);
  expect(screen.written.at(-1)).toContain('\x1B[3A');
});
