/**
 * The last lines of a terminal, redrawn in place: each picture goes out in one write, lines are overwritten rather than cleared
 * first, so nothing flickers; the cursor is hidden meanwhile and always given back.
 */
import { columnsOf, fit } from './text';

/** The part of a `tty.WriteStream` that is needed. */
export interface TerminalStream {
  readonly columns: number;
  readonly rows: number;
  write(text: string): unknown;
}

const hideCursor = '\x1B[?25l';
const showCursor = '\x1B[?25h';
/** Terminals that know them show what lies between as one picture; others ignore them. */
const beginPicture = '\x1B[?2026h';
const endPicture = '\x1B[?2026l';
const clearLineEnd = '\x1B[K';
const clearBelow = '\x1B[J';

export class LiveRegion {
  #drawn: readonly string[] = [];
  #columns = 0;
  #open = false;

  constructor(private readonly terminal: TerminalStream) {}

  /** Shows `lines` in place of those shown before. Lines too long are cut; those that do not fit on the screen are left out at the top. */
  draw(lines: readonly string[]): void {
    const { columns, rows } = this.terminal;
    const shown = lines.slice(-Math.max(1, rows - 1)).map((line) => fit(line, columns - 1));
    if (this.#open && columns === this.#columns && sameLines(shown, this.#drawn)) return;
    const first = this.#open ? '' : hideCursor;
    this.#open = true;
    this.terminal.write(
      beginPicture +
        first +
        this.#toTop() +
        shown.map((line) => `${line}${clearLineEnd}\n`).join('') +
        clearBelow +
        endPicture,
    );
    this.#drawn = shown;
    this.#columns = columns;
  }

  /** Writes lines that stay, above the region. */
  writeAbove(text: string): void {
    const lines = this.#drawn;
    this.terminal.write(this.#toTop() + clearBelow + text);
    this.#drawn = [];
    if (this.#open) this.draw(lines);
  }

  /** Leaves `lines` (absent: nothing) in the region's place and gives the cursor back. Safe to call twice. */
  close(lines: readonly string[] = []): void {
    if (!this.#open) return;
    this.draw(lines);
    this.terminal.write(showCursor);
    this.#open = false;
    this.#drawn = [];
  }

  /** To the region's first line, also after the terminal became narrower and wrapped what was drawn. */
  #toTop(): string {
    const rows = this.#drawn.reduce(
      (sum, line) => sum + Math.max(1, Math.ceil(columnsOf(line) / this.terminal.columns)),
      0,
    );
    return rows === 0 ? '' : `\x1B[${rows}A\r`;
  }
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, i) => line === b[i]);
}
