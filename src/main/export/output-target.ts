/**
 * Where an export goes, checked before any work is done for it. Nothing is overwritten unless that was asked for, and of
 * folders only earlier exports. `commit-output.ts` says how it gets there.
 */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileErrorCode, withDiskErrors } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import { partialSuffix } from '../files/durable-write';
import { pictureName } from './presets';

export interface OutputTarget {
  /** Absolute. */
  readonly path: string;
  readonly recipePath: string;
  /** The folder that both lie in. */
  readonly folder: string;
  readonly kind: 'file' | 'folder';
  /** Name, in that folder, of what is being written: ours, so that odd names of the user's never reach ffmpeg. */
  readonly passingName: string;
  readonly force: boolean;
}

/** Of passing names, also with what is written beside them. */
export const passingNamePattern = /^\.sluice-[0-9a-f]{12}\.partial(-[a-z]+)?$/;

const asideEnding = '-old';
const recipeEnding = '.recipe.json';
/** Of a file name, on all common file systems. */
const longestNameBytes = 255;

/** Name of the folder that is replaced, beside the passing name, until the new one has its place. */
export function asideOf(passingName: string): string {
  return passingName + asideEnding;
}

/** Whether a passing name is that of a folder that was put aside. */
export function isAside(name: string): boolean {
  return name.endsWith(asideEnding);
}

/** Where the recipe of an exported file or folder lies. */
export function recipePathOf(file: string): string {
  return file + recipeEnding;
}

/**
 * Throws `output-exists` (even with `force` where a folder holds anything but exported pictures), `invalid-argument` for a
 * name or folder that cannot be, `disk-read-only` for a folder that cannot be written to.
 */
export async function prepareOutput(file: string, kind: OutputTarget['kind'], force: boolean): Promise<OutputTarget> {
  const absolute = path.resolve(file);
  const target: OutputTarget = {
    path: absolute,
    recipePath: recipePathOf(absolute),
    folder: path.dirname(absolute),
    kind,
    passingName: `.sluice-${randomBytes(6).toString('hex')}${partialSuffix}`,
    force,
  };
  checkName(path.basename(absolute));
  await checkFolder(target.folder);
  await checkFree(target);
  return target;
}

/** Throws `output-exists`. */
export async function checkFree(target: OutputTarget): Promise<void> {
  const there = await entryKind(target.path);
  if (there === 'folder' && !(target.kind === 'folder' && target.force && (await holdsOnlyPictures(target.path))))
    throw exists(
      target.path,
      'Sluice replaces folders only with --force, and only those that hold exported pictures alone.',
    );
  if (target.force) return;
  if (there !== undefined) throw exists(target.path);
  if ((await entryKind(target.recipePath)) !== undefined) throw exists(target.recipePath);
}

export async function entryKind(file: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(file)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export function exists(file: string, remedy = 'Choose another name, or replace it with --force.'): SluiceError {
  return new SluiceError('output-exists', `"${file}" exists already. ${remedy}`, { details: { file } });
}

function checkName(name: string): void {
  const tooLong = Buffer.byteLength(name + recipeEnding) > longestNameBytes;
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|[<>:"|?*]|[. ]$/i.test(name) && process.platform === 'win32';
  if (name !== '' && !tooLong && !reserved) return;
  const why = tooLong
    ? `it has ${Buffer.byteLength(name)} bytes, ${longestNameBytes - recipeEnding.length} are possible`
    : 'this system does not allow it';
  throw new SluiceError('invalid-argument', `"${name}" cannot name an output: ${why}. Choose another name.`, {
    details: { name },
  });
}

async function checkFolder(folder: string): Promise<void> {
  const kind = await entryKind(folder).catch(() => undefined);
  if (kind !== 'folder')
    throw new SluiceError(
      'invalid-argument',
      `Cannot write into "${folder}": ${kind === undefined ? 'there is no such folder' : 'it is a file'}. Make the folder first, or choose another.`,
      { details: { folder } },
    );
  await withDiskErrors('write to', folder, () => access(folder, constants.W_OK));
}

/** So that replacing a folder can never cost anybody anything but an earlier export. */
async function holdsOnlyPictures(folder: string): Promise<boolean> {
  return (await readdir(folder)).every((name) => pictureName.matches.test(name));
}
