/**
 * Files that are either the old one or the new one, whatever dies when: written under another name in the same folder, synced,
 * renamed, and the folder synced (Pillai et al. 2014, "All File Systems Are Not Created Equal", section 4.4). Names that end in
 * `.partial` are never anything's final name.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { diskError, fileErrorCode, withDiskErrors } from '#frames/disk-errors';
import { nodeFileSystem, type FileSystem } from './file-system';

export const partialSuffix = '.partial';

/**
 * Replaces or creates `file`. Its folder must exist. Throws `disk-full`, `disk-read-only`.
 *
 * @param temporary an unused name in the same folder, where the folder's owner must recognise it
 */
export async function writeDurably(
  file: string,
  content: string | Uint8Array,
  temporary = `${file}.${randomBytes(8).toString('hex')}${partialSuffix}`,
  files: FileSystem = nodeFileSystem,
): Promise<void> {
  try {
    const handle = await files.open(temporary, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await files.rename(temporary, file);
    await syncFolder(path.dirname(file), files);
  } catch (error) {
    await files.rm(temporary, { force: true }).catch(() => undefined);
    throw diskError(error, 'write', file);
  }
}

/** Gives a synced file its final name for good. Both names must be in the same file system. Throws `disk-full`, `disk-read-only`. */
export async function renameDurably(from: string, to: string, files: FileSystem = nodeFileSystem): Promise<void> {
  await withDiskErrors('rename to', to, async () => {
    await files.rename(from, to);
    await syncFolder(path.dirname(to), files);
    if (path.dirname(from) !== path.dirname(to)) await syncFolder(path.dirname(from), files);
  });
}

/** Makes renames and removals in `folder` survive a power cut. Does nothing where folders cannot be synced (Windows). */
export async function syncFolder(folder: string, files: FileSystem = nodeFileSystem): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await files.open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (fileErrorCode(error) !== 'EINVAL') throw error;
  } finally {
    await handle.close();
  }
}
