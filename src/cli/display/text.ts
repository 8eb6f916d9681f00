/** Text for a terminal: how many columns it takes, cut to fit, coloured where that is wanted, harmless where it came from outside. Pure. */

/** Styles by their SGR numbers (ECMA-48, 8.3.117). */
const styles = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

/** Puts a style around text, or, where colours are not wanted, does nothing. */
export type Paint = (style: keyof typeof styles, text: string) => string;

export function painter(colours: boolean): Paint {
  return (style, text) => (colours ? `\x1B[${styles[style][0]}m${text}\x1B[${styles[style][1]}m` : text);
}

/** Control characters, which could move the cursor or worse, as visible signs; line breaks as spaces. */
export function printable(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, ' ')
    .replace(/[[\p{Cc}\p{Cf}]--[\u200D]]/gv, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

const sgr = /\x1B\[[\d;]*m/g;
/** East Asian wide and full-width characters and emoji (Unicode UAX #11, simplified). */
const wide =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

/** Columns that `text` takes, its colours not counted. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text.replace(sgr, '')) columns += widthOf(character);
  return columns;
}

/** At most `columns` wide, with … where something was left out; colours are kept and ended. */
export function fit(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = '';
  let used = 0;
  for (const [piece] of text.matchAll(/\x1B\[[\d;]*m|[^]/gu)) {
    const width = piece.startsWith('\x1B') ? 0 : widthOf(piece);
    if (used + width > columns - 1) break;
    kept += piece;
    used += width;
  }
  return columns < 1 ? '' : `${kept}…${kept.includes('\x1B') ? '\x1B[0m' : ''}`;
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - columnsOf(text))) + text;
}

function widthOf(character: string): number {
  if (/^[\p{M}\u200D\uFE0F]/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
