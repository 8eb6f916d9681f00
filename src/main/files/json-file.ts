/** State kept as JSON: parsed by its schema on every read, so that a damaged file is a case to handle, never a surprise. */
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { fileErrorCode } from '#frames/disk-errors';
import { writeDurably } from './durable-write';

export type JsonFile<T> =
  { readonly kind: 'read'; readonly value: T } | { readonly kind: 'absent' } | { readonly kind: 'damaged' };

/** `damaged`: empty, truncated, not JSON, not what `schema` says, or a folder. Throws what reading throws, but for a missing file. */
export async function readJsonFile<T>(file: string, schema: z.ZodType<T>): Promise<JsonFile<T>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === 'ENOENT') return { kind: 'absent' };
    if (code === 'EISDIR') return { kind: 'damaged' };
    throw error;
  }
  const parsed = schema.safeParse(parseJson(text));
  return parsed.success ? { kind: 'read', value: parsed.data } : { kind: 'damaged' };
}

/** See `writeDurably`. Throws `disk-full`, `disk-read-only`. */
export async function writeJsonFile(file: string, value: unknown, temporary?: string): Promise<void> {
  await writeDurably(file, `${JSON.stringify(value, undefined, 2)}\n`, temporary);
}

/** `undefined` for text that is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
