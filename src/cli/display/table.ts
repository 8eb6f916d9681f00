/** Columns of text under headings. Pure. */
import { columnsOf, padEnd, padStart, printable, type Paint } from './text';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** Numbers stand at the right. */
  readonly right?: boolean;
}

export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], paint: Paint): string {
  const cells = rows.map((row) => columns.map(({ cell }) => printable(cell(row))));
  const widths = columns.map(({ title }, i) =>
    Math.max(columnsOf(title), ...cells.map((line) => columnsOf(line[i] ?? ''))),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, i) => (columns[i]?.right === true ? padStart : padEnd)(text, widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [paint('dim', line(columns.map(({ title }) => title))), ...cells.map(line)]
    .map((text) => `  ${text}\n`)
    .join('');
}
