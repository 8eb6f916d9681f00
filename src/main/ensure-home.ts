/**
 * Makes the user's folder, step by step from the nearest one that is there, so that what is in the way can be named. Node's own
 * recursive `mkdir` never returns where the system refuses new folders with ENOENT, as under /proc.
 */
import { access, mkdir, stat } from 'node:fs/promises';
import { constants } from 'node:fs';
import path from 'node:path';
import { fileErrorCode, withDiskErrors } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';

/** Throws `invalid-argument` where a file or the system stands in the way, `disk-full`, `disk-read-only`. */
export async function ensureHome(folder: string): Promise<void> {
  const kind = await entryKind(folder);
  if (kind === 'folder') return withDiskErrors('write to', folder, () => access(folder, constants.W_OK));
  if (kind === 'file') throw inTheWay(folder, `"${folder}" is a file`);
  await ensureHome(path.dirname(folder));
  await withDiskErrors('create', folder, async () => {
    try {
      await mkdir(folder);
    } catch (cause) {
      if (fileErrorCode(cause) === 'EEXIST') return;
      if (fileErrorCode(cause) === 'ENOENT') throw inTheWay(folder, 'the system makes no folders there', cause);
      throw cause;
    }
  });
}

/** Throws as `ensureHome` would, as far as can be told without making anything. */
export async function checkHome(folder: string): Promise<void> {
  const nearest = await nearestEntry(folder);
  if ((await entryKind(nearest)) === 'file') throw inTheWay(nearest, `"${nearest}" is a file`);
  await withDiskErrors('write to', nearest, () => access(nearest, constants.W_OK));
}

/** The nearest folder that is there: `folder` itself or one that it would lie in. */
export async function nearestFolder(folder: string): Promise<string> {
  const parent = path.dirname(folder);
  return (await entryKind(folder)) === 'folder' || parent === folder ? folder : nearestFolder(parent);
}

async function nearestEntry(entry: string): Promise<string> {
  const parent = path.dirname(entry);
  return (await entryKind(entry)) !== undefined || parent === entry ? entry : nearestEntry(parent);
}

async function entryKind(entry: string): Promise<'folder' | 'file' | undefined> {
  return stat(entry).then(
    (found) => (found.isDirectory() ? 'folder' : 'file'),
    () => undefined,
  );
}

function inTheWay(folder: string, why: string, cause?: unknown): SluiceError {
  return new SluiceError(
    'invalid-argument',
    `Sluice cannot keep its files in "${folder}": ${why}. Choose another folder with --home or SLUICE_HOME.`,
    { details: { folder }, cause },
  );
}
