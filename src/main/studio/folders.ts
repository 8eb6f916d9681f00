/** Names in a folder, for windows that cannot show the system's own file dialog. */
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { fileErrorCode } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import { mostFolderEntries, type folderListSchema } from '#shared/studio/folders';
import { projectSuffix } from '../projects/layout';

type Listing = z.input<typeof folderListSchema>;

/** Throws `invalid-argument` for what is no folder, or may not be read. */
export async function listFolder(folder: string): Promise<Listing> {
  const real = await realpath(path.resolve(folder)).catch(refused(folder));
  const names = (await readdir(real).catch(refused(folder))).filter((name) => !name.startsWith('.')).sort();
  const shown = names.slice(0, mostFolderEntries);
  const entries = await Promise.all(shown.map((name) => entryOf(real, name)));
  const parent = path.dirname(real);
  return {
    folder: real,
    ...(parent !== real && { parent }),
    entries: entries.filter((entry) => entry !== undefined),
    isCutShort: shown.length < names.length,
  };
}

/** Undefined for what is neither file nor folder, or is gone. */
async function entryOf(folder: string, name: string): Promise<Listing['entries'][number] | undefined> {
  const full = path.join(folder, name);
  const facts = await stat(full).catch(() => undefined);
  if (facts === undefined || !(facts.isDirectory() || facts.isFile())) return undefined;
  const kind = facts.isFile() ? 'file' : name.endsWith(projectSuffix) ? 'project' : 'folder';
  return { name, path: full, kind, sizeBytes: facts.isFile() ? facts.size : 0 };
}

function refused(folder: string): (error: unknown) => never {
  return (error) => {
    throw new SluiceError(
      'invalid-argument',
      `"${folder}" cannot be looked into (${fileErrorCode(error) ?? String(error)}). Choose another folder.`,
      { details: { folder }, cause: error },
    );
  };
}
