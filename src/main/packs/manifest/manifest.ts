/**
 * Reads a pack's `manifest.json`: size and depth limits, schema, the rules between fields, and the hash that is the pack's
 * identity (docs/pack-format.md, "The manifest"). It knows nothing of the other files on disk.
 */
import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '#shared/canonical-json';
import type { SluiceError } from '#shared/errors';
import { type PackManifest, packManifestSchema } from '#shared/pack-manifest';
import { type Sha256, sha256Schema } from '#shared/units';
import { packInvalid, shown } from '../pack-invalid';
import { listedFileProblems } from './listed-files';
import type { ManifestProblem } from './problem';
import { shownTextProblems } from './shown-text';
import { stageChainProblems } from './stage-chain';
import { stageInputProblems } from './stage-inputs';
import { stageSamplingProblems } from './stage-sampling';

export const manifestName = 'manifest.json';
export const largestManifestBytes = 1024 ** 2;
const deepest = 16;

export interface ReadManifest {
  readonly manifest: PackManifest;
  /** SHA-256 of the canonical JSON of the manifest as it was written, defaults not filled in: the pack's identity. */
  readonly hash: Sha256;
}

/** Parses and checks the bytes of a manifest, UTF-8. Throws `pack-invalid`, naming field, value and remedy. */
export function parseManifest(bytes: Uint8Array): ReadManifest {
  if (bytes.byteLength > largestManifestBytes)
    throw packInvalid(
      `The pack's manifest has ${bytes.byteLength} bytes, and ${largestManifestBytes} are allowed.`,
      'Make sure that this is a Sluice pack.',
    );
  const written = parseJson(bytes);
  const parsed = packManifestSchema.safeParse(written);
  if (!parsed.success) throw schemaError(written, parsed.error.issues[0]);
  const [first, ...others] = manifestProblems(parsed.data);
  if (first !== undefined) throw problemError(first, others);
  const hash = createHash('sha256').update(canonicalJson(written)).digest('hex');
  return { manifest: parsed.data, hash: sha256Schema.parse(hash) };
}

/** Everything that is wrong between the fields of a manifest that its schema accepts. */
export function manifestProblems(manifest: PackManifest): readonly ManifestProblem[] {
  return [
    ...stageChainProblems(manifest),
    ...stageInputProblems(manifest),
    ...stageSamplingProblems(manifest),
    ...listedFileProblems(manifest),
    ...shownTextProblems(manifest),
  ];
}

function parseJson(bytes: Uint8Array): Json {
  const remedy = 'Download or export the pack again.';
  let written: unknown;
  try {
    written = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw packInvalid("The pack's manifest is not JSON in UTF-8.", remedy, undefined, cause);
  }
  if (!isShallow(written, deepest))
    throw packInvalid(`The pack's manifest is nested deeper than ${deepest} levels.`, remedy);
  return written;
}

/** What `JSON.parse` returned is JSON; this bounds how far any later reader recurses. */
function isShallow(value: unknown, levels: number): value is Json {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((member) => isShallow(member, levels - 1));
}

interface SchemaIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function schemaError(written: Json, issue: SchemaIssue | undefined): SluiceError {
  const path = issue?.path ?? [];
  const value = path.reduce<unknown>(member, written);
  const field = path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${String(key)}`),
    '',
  );
  const newer = field === 'schemaVersion' && typeof value === 'number' && value > 1;
  return packInvalid(
    `The pack's manifest does not fit its schema: ${field || 'the whole'} is ${shown(value)} (${issue?.message ?? ''}).`,
    newer ? 'The pack was made for a newer Sluice: update Sluice.' : 'Correct it as docs/pack-format.md says.',
    { field },
  );
}

function member(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}

function problemError(first: ManifestProblem, others: readonly ManifestProblem[]): SluiceError {
  const also = others.map((problem) => problem.field).slice(0, 4);
  const more = also.length === 0 ? '' : ` (Also wrong: ${also.join(', ')}${others.length > 4 ? ' and more' : ''}.)`;
  return packInvalid(
    `The pack's manifest contradicts itself: ${first.field} is ${shown(first.value)}, but ${first.but}.`,
    `${first.remedy}${more}`,
    { field: first.field },
  );
}
