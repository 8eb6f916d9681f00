/**
 * Reads the Markdown of a pack's card into a tree of known parts: headings, paragraphs, lists, tables, code, pictures. Everything that
 * is not one of these is text, HTML above all. Links keep their words only: a card comes from outside, and leads nowhere.
 */

export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly parts: readonly Inline[] }
  | { readonly kind: 'picture'; readonly path: string; readonly text: string };

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly parts: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly parts: readonly Inline[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly head: Row; readonly rows: readonly Row[] };

type Row = readonly (readonly Inline[])[];

/** What one reading found, and the lines after it. */
type Read = readonly [Block, readonly string[]];

export function readMarkdown(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let lines: readonly string[] = markdown.replaceAll('\r\n', '\n').split('\n');
  while (lines.length > 0) {
    const [line = ''] = lines;
    if (line.trim() === '') {
      lines = lines.slice(1);
      continue;
    }
    const [block, rest] = heading(lines) ?? fenced(lines) ?? table(lines) ?? list(lines) ?? paragraph(lines);
    blocks.push(block);
    lines = rest;
  }
  return blocks;
}

function heading(lines: readonly string[]): Read | undefined {
  const [, marks = '', words] = /^(#{1,6})\s+(.+?)\s*#*$/.exec(lines[0] ?? '') ?? [];
  if (words === undefined) return undefined;
  const level = marks.length === 1 ? 1 : marks.length === 2 ? 2 : 3;
  return [{ kind: 'heading', level, parts: readInline(words) }, lines.slice(1)];
}

function fenced(lines: readonly string[]): Read | undefined {
  const [first = ''] = lines;
  const fence = /^(```+|~~~+)/.exec(first)?.[1];
  if (fence === undefined) return undefined;
  const end = lines.findIndex((line, at) => at > 0 && line.startsWith(fence));
  const last = end === -1 ? lines.length : end;
  return [{ kind: 'code', text: lines.slice(1, last).join('\n') }, lines.slice(last + 1)];
}

const isRow = (line: string | undefined): boolean => line !== undefined && line.includes('|');

function table(lines: readonly string[]): Read | undefined {
  if (!isRow(lines[0]) || !/^\s*\|?(\s*:?-{2,}:?\s*\|?)+\s*$/.test(lines[1] ?? '')) return undefined;
  const end = lines.findIndex((line) => !isRow(line));
  const last = end === -1 ? lines.length : end;
  const [head = [], , ...rows] = lines.slice(0, last).map(cells);
  return [{ kind: 'table', head, rows }, lines.slice(last)];
}

function cells(line: string): Row {
  const inner = line.trim().replace(/^\|/, '').replace(/\|$/, '');
  return inner.split('|').map((cell) => readInline(cell.trim()));
}

const itemPattern = /^\s{0,3}(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;

/** A line that is set in goes on with the item before it. */
function list(lines: readonly string[]): Read | undefined {
  const first = itemPattern.exec(lines[0] ?? '');
  if (first === null) return undefined;
  const items: string[] = [];
  let at = 0;
  for (; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const item = itemPattern.exec(line);
    if (item !== null) items.push(item[2] ?? '');
    else if (/^\s+\S/.test(line)) items.push(`${items.pop() ?? ''} ${line.trim()}`);
    else break;
  }
  return [{ kind: 'list', isOrdered: first[1] !== undefined, items: items.map(readInline) }, lines.slice(at)];
}

function paragraph(lines: readonly string[]): Read {
  const end = lines.findIndex(
    (line, at) => at > 0 && (line.trim() === '' || /^(#{1,6}\s|```|~~~)/.test(line) || itemPattern.test(line)),
  );
  const last = end === -1 ? lines.length : end;
  const words = lines.slice(0, last).map((line) => line.trim());
  return [{ kind: 'paragraph', parts: readInline(words.join(' ')) }, lines.slice(last)];
}

/** In the order in which they are looked for at each place. */
const inlinePattern =
  /`([^`]+)`|!\[([^\]]*)\]\(([^()\s]+)\)|\[([^\]]+)\]\([^()\s]*\)|\*\*(.+?)\*\*|(?<![\w*])[*_]([^*_]+)[*_](?![\w*])/g;

export function readInline(words: string): readonly Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const found of words.matchAll(inlinePattern)) {
    if (found.index > at) parts.push({ kind: 'text', text: words.slice(at, found.index) });
    parts.push(inlineOf(found));
    at = found.index + found[0].length;
  }
  if (at < words.length) parts.push({ kind: 'text', text: words.slice(at) });
  return parts;
}

function inlineOf(found: RegExpExecArray): Inline {
  const [, code, pictureText, picturePath, link, strong, emphasis] = found;
  if (code !== undefined) return { kind: 'code', text: code };
  if (picturePath !== undefined) return { kind: 'picture', path: picturePath, text: pictureText ?? '' };
  if (link !== undefined) return { kind: 'text', text: link };
  if (strong !== undefined) return { kind: 'strong', parts: readInline(strong) };
  return { kind: 'emphasis', parts: [{ kind: 'text', text: emphasis ?? '' }] };
}
