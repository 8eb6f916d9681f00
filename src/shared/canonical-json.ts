/**
 * Canonical JSON: one byte string for one value, so that hashes of values are well defined. Keys sorted by UTF-16 code unit,
 * no white space, numbers as JavaScript prints them (RFC 8785), `undefined` members left out.
 */
import { SluiceError } from './errors';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Throws `internal` for numbers that JSON cannot hold. */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new SluiceError('internal', `Cannot write ${value} as JSON: only finite numbers can be hashed.`);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

function isArray(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
