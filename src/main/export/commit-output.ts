/**
 * How an export gets its final name: everything is written under a passing name in the same folder, made durable, and only
 * then renamed. Killed at any moment, it leaves the old file or the new one, and nothing partial under a final name; a folder that was
 * being replaced may lack its name until the next start (`replaced-folders.ts`).
 */
import { link, mkdir, open, readdir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileErrorCode, withDiskErrors } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import { syncFolder } from '../files/durable-write';
import { nodeFileSystem, type FileSystem } from '../files/file-system';
import { asideOf, checkFree, entryKind, exists, isAside, passingNamePattern, type OutputTarget } from './output-target';

const abandonedMs = 24 * 3600 * 1000;

/** The path that an export writes to first; a folder is made for a sequence of pictures. Throws `disk-full`, `disk-read-only`. */
export async function beginOutput(target: OutputTarget): Promise<string> {
  await removeAbandoned(target.folder).catch(() => undefined);
  const passing = passingPath(target);
  if (target.kind === 'folder') await withDiskErrors('create', passing, () => mkdir(passing));
  return passing;
}

/**
 * Gives what was written its final name and puts the recipe beside it. Throws `output-exists` when somebody else was there
 * first, `invalid-argument` when the folder has gone, `disk-full`, `disk-read-only`.
 */
export async function commitOutput(
  target: OutputTarget,
  recipeText: string | undefined,
  files: FileSystem = nodeFileSystem,
): Promise<void> {
  try {
    await commit(target, recipeText, files);
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT' && (await entryKind(target.folder)) === undefined)
      throw vanished(target, error);
    throw error;
  }
}

async function commit(target: OutputTarget, recipeText: string | undefined, files: FileSystem): Promise<void> {
  const passing = passingPath(target);
  await withDiskErrors('write', target.path, async () => {
    await syncContent(passing, target.kind);
    if (target.force) await replace(passing, target, files);
    else await placeNew(passing, target.path, target.kind);
    if (recipeText !== undefined) await writeBeside(target, recipeText);
    await syncFolder(target.folder);
  });
}

function vanished({ folder, path: file }: OutputTarget, cause: unknown): SluiceError {
  return new SluiceError(
    'invalid-argument',
    `"${folder}" was there when the export of "${path.basename(file)}" began and is not any more: its disk was taken out, or it was moved. Export to a folder that stays.`,
    { details: { folder }, cause },
  );
}

/** What may lie beside the passing name while an export runs. */
const companions = ['', '-palette', '-metadata', '-sound', '-recipe'];

/** Removes what bears the passing name, and what lies beside it. Never throws: it is called when something else went wrong. */
export async function discardOutput(target: OutputTarget): Promise<void> {
  for (const ending of companions)
    await rm(passingPath(target) + ending, { recursive: true, force: true }).catch(() => undefined);
}

/**
 * What exports left here that were killed. An export that still runs has written within a day. A folder that was put aside is not what an
 * export wrote, but what somebody had: `replaced-folders.ts` alone knows whether it may go.
 */
async function removeAbandoned(folder: string): Promise<void> {
  const passing = (await readdir(folder)).filter((name) => passingNamePattern.test(name) && !isAside(name));
  for (const name of passing.map((name) => path.join(folder, name)))
    if (Date.now() - (await stat(name)).mtimeMs > abandonedMs) await rm(name, { recursive: true, force: true });
}

function passingPath(target: OutputTarget): string {
  return path.join(target.folder, target.passingName);
}

async function replace(passing: string, target: OutputTarget, files: FileSystem): Promise<void> {
  await checkFree(target);
  if ((await entryKind(target.path)) !== 'folder') return files.rename(passing, target.path);
  const aside = path.join(target.folder, asideOf(target.passingName));
  await files.rename(target.path, aside);
  await files.rename(passing, target.path).catch(async (error: unknown) => {
    await files.rename(aside, target.path);
    throw error;
  });
  await files.rm(aside, { recursive: true, force: true });
}

/** A hard link fails where the name is taken, which a rename would not; file systems without links take the small risk. */
async function placeNew(passing: string, final: string, kind: OutputTarget['kind']): Promise<void> {
  if (kind === 'file') {
    try {
      await link(passing, final);
      await unlink(passing);
      return;
    } catch (error) {
      if (fileErrorCode(error) === 'EEXIST') throw exists(final);
    }
  }
  if ((await entryKind(final)) !== undefined) throw exists(final);
  await rename(passing, final);
}

async function writeBeside(target: OutputTarget, recipeText: string): Promise<void> {
  const passing = `${passingPath(target)}-recipe`;
  try {
    await writeFile(passing, recipeText, { flush: true });
    if (target.force) await rename(passing, target.recipePath);
    else await placeNew(passing, target.recipePath, 'file');
  } finally {
    await rm(passing, { force: true });
  }
}

async function syncContent(passing: string, kind: OutputTarget['kind']): Promise<void> {
  const files = kind === 'folder' ? (await readdir(passing)).map((name) => path.join(passing, name)) : [passing];
  for (const file of files) {
    await using handle = await open(file, 'r+');
    await handle.sync();
  }
  if (kind === 'folder') await syncFolder(passing);
}
