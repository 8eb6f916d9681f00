/**
 * The lines of a project's journal: one entry each, JSON with a checksum over the entry's exact text, so that a line that a crash
 * cut short, or that rotted, is told from a whole one. The journal is also the history: an entry carries its way back, and which
 * entry lies below it on the undo or redo stack, so both stacks are as long as the journal and need no room of their own.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { editLabelSchema } from '#shared/project/edit-labels';
import { editIdSchema } from '#shared/project/ids';
import { patchSchema } from '#shared/project/patch';
import { parseJson } from '../files/json-file';

/** The top of a stack: the entry to take back, and what that step is called. Null: an empty stack. */
export const topSchema = z.strictObject({ revision: z.int().positive(), label: editLabelSchema }).nullable();
export type Top = z.infer<typeof topSchema>;

export const stacksSchema = z.strictObject({ undo: topSchema, redo: topSchema });
export type Stacks = z.infer<typeof stacksSchema>;

export const emptyStacks: Stacks = { undo: null, redo: null };

export const entrySchema = z.strictObject({
  /** Of the project that the patches fit. */
  schemaVersion: z.int().nonnegative(),
  /** One more than the entry before. The project is in this revision after it. */
  revision: z.int().positive(),
  /** `record` is work that undo passes over, such as a finished stage. */
  kind: z.enum(['edit', 'record', 'undo', 'redo']),
  id: editIdSchema,
  label: editLabelSchema,
  /** When, by the clock of the machine; for people, nothing is decided by it. */
  at: z.iso.datetime(),
  patches: z.array(patchSchema),
  inversePatches: z.array(patchSchema),
  /** What lay on top of the stack that this entry was put on. */
  below: topSchema,
  /** After this entry. */
  stacks: stacksSchema,
});
export type Entry = z.infer<typeof entrySchema>;

export interface DecodedEntries {
  readonly entries: readonly DecodedEntry[];
  /** Up to here every line is whole and valid. */
  readonly validBytes: number;
}
export interface DecodedEntry {
  readonly entry: Entry;
  /** Where its line ends, behind the line feed. */
  readonly endByte: number;
}

const lineFeed = 0x0a;
const linePattern = /^\{"check":"([0-9a-f]{16})","entry":(.*)\}$/s;

export function encodeEntry(entry: Entry): string {
  const text = JSON.stringify(entry);
  return `{"check":"${checkOf(text)}","entry":${text}}\n`;
}

/** The entries of a journal file up to its end or its first line that is torn or damaged. */
export function decodeEntries(bytes: Buffer): DecodedEntries {
  const entries: DecodedEntry[] = [];
  let from = 0;
  for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, from)) {
    const entry = decodeLine(bytes.toString('utf8', from, end));
    if (entry === undefined) break;
    from = end + 1;
    entries.push({ entry, endByte: from });
  }
  return { entries, validBytes: from };
}

function decodeLine(line: string): Entry | undefined {
  const [, check, text = ''] = linePattern.exec(line) ?? [];
  if (check === undefined || checkOf(text) !== check) return undefined;
  const parsed = entrySchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}

/** 64 bits: enough against accidents; nobody is kept from writing his own project. */
function checkOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
