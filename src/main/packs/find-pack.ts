/** Which pack a person means: by name, name and version, the beginning of its hash, or a path. It does not touch the disk. */
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import { shown } from './pack-invalid';

export type PackReference =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'name'; readonly name: string; readonly version?: string }
  | { readonly kind: 'hash'; readonly prefix: string };

/** A pack that may be meant, known from its manifest alone. */
export interface Candidate {
  readonly directory: string;
  /** Empty where the manifest cannot be read: such a pack can be meant by its hash only. */
  readonly name: string;
  readonly version: string;
  readonly hash: string;
}

/** Fewer digits are too easily a word: `decade` is six hexadecimal digits. */
const shortestHashPrefix = 8;
const mostSuggestions = 3;

/** `./x`, `/x`, `C:\x`, `a/b` are paths; eight or more hexadecimal digits a hash; the rest a name, perhaps with `@version`. */
export function parseReference(reference: string): PackReference {
  if (/[\\/]/.test(reference) || path.isAbsolute(reference) || reference === '.' || reference === '..')
    return { kind: 'path', path: reference };
  if (reference.length >= shortestHashPrefix && /^[0-9a-f]+$/i.test(reference))
    return { kind: 'hash', prefix: reference.toLowerCase() };
  const at = reference.indexOf('@');
  return at < 0
    ? { kind: 'name', name: reference }
    : { kind: 'name', name: reference.slice(0, at), version: reference.slice(at + 1) };
}

/**
 * The candidate that is meant: the newest version of the name, the earlier candidate among equals. Throws `pack-not-found`
 * with what is there instead, also where the beginning of a hash fits several.
 */
export function choosePack<T extends Candidate>(
  candidates: readonly T[],
  reference: Exclude<PackReference, { kind: 'path' }>,
): T {
  const fitting = candidates.filter((candidate) => isMeant(candidate, reference));
  const [best] = [...fitting].sort((a, b) => compareVersions(b.version, a.version));
  if (best === undefined) throw notFound(candidates, reference);
  if (reference.kind === 'hash' && new Set(fitting.map((candidate) => candidate.hash)).size > 1)
    throw new SluiceError(
      'pack-not-found',
      `${shown(reference.prefix)} is the beginning of several packs' hashes: ${fitting.map(label).join(', ')}. Write more digits.`,
    );
  return best;
}

/** Negative where `a` is older. Numbers by value; a pre-release before its release, pre-releases by text. */
export function compareVersions(a: string, b: string): number {
  const [releaseA = '', ...preA] = a.split('-');
  const [releaseB = '', ...preB] = b.split('-');
  const numbersB = releaseB.split('.').map(Number);
  for (const [i, number] of releaseA.split('.').map(Number).entries())
    if (number !== numbersB[i]) return number - (numbersB[i] ?? 0);
  if (preA.length === 0 || preB.length === 0) return preB.length - preA.length;
  return preA.join('-') < preB.join('-') ? -1 : Number(preA.join('-') > preB.join('-'));
}

/** Whether `reference` fits the candidate, perhaps among others. */
export function isMeant(candidate: Candidate, reference: Exclude<PackReference, { kind: 'path' }>): boolean {
  if (reference.kind === 'hash') return candidate.hash.startsWith(reference.prefix);
  return candidate.name === reference.name && (reference.version ?? candidate.version) === candidate.version;
}

function notFound(candidates: readonly Candidate[], reference: Exclude<PackReference, { kind: 'path' }>): SluiceError {
  const wanted =
    reference.kind === 'hash'
      ? reference.prefix
      : `${reference.name}${reference.version === undefined ? '' : `@${reference.version}`}`;
  return new SluiceError('pack-not-found', `There is no pack ${shown(wanted)}. ${suggestion(candidates, wanted)}`, {
    details: { reference: wanted },
  });
}

function suggestion(candidates: readonly Candidate[], wanted: string): string {
  const labels = [...new Set(candidates.filter(({ name }) => name !== '').map(label))];
  if (labels.length === 0) return 'No pack is installed: install one with "sluice packs install <folder or zip>".';
  const name = wanted.split('@')[0] ?? wanted;
  const close = labels
    .map((text) => ({ text, distance: editDistance(name, text.split('@')[0] ?? text) }))
    .filter(({ distance }) => distance <= Math.max(2, name.length / 3))
    .sort((a, b) => a.distance - b.distance);
  if (close.length > 0)
    return `Did you mean ${close
      .slice(0, mostSuggestions)
      .map(({ text }) => text)
      .join(' or ')}?`;
  return `There are ${labels.slice(0, mostSuggestions).join(', ')}${labels.length > mostSuggestions ? ' and more ("sluice packs list")' : ''}.`;
}

function label(candidate: Candidate): string {
  return `${candidate.name}@${candidate.version}`;
}

/** Levenshtein's distance: insertions, deletions and replacements that turn one text into the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, characterA] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, characterB] of Array.from(b).entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + Number(characterA !== characterB)));
    row = next;
  }
  return row[b.length] ?? 0;
}
