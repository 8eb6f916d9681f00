/** Room on a disk, asked before work that would fill it. */
import { readdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { SluiceError } from '#shared/errors';
import { mebibyte } from '#shared/units';

/** Kept free, so that project files, journals and other programs still can write when a clip has used up the rest. */
const reserveBytes = 64 * mebibyte;

/** Bytes that this user may still write in the file system of `folder`. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Throws `disk-full` when `folder` has no room for `neededBytes`; `what` names what needs it. */
export async function requireSpace(folder: string, neededBytes: number, what: string): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= neededBytes + reserveBytes) return;
  const inMib = (bytes: number) => `${Math.ceil(bytes / mebibyte)} MiB`;
  throw new SluiceError(
    'disk-full',
    `${what} needs ${inMib(neededBytes + reserveBytes)} in ${folder}, but only ${inMib(free)} are free. Free some space, or lower the size limit of the artifacts, and try again; what is finished is kept.`,
    { details: { folder, neededBytes: neededBytes + reserveBytes, freeBytes: free } },
  );
}

/** What the files in a folder and below take, and when one of them was last written. */
export async function folderSize(folder: string): Promise<{ readonly sizeBytes: number; readonly usedMs: number }> {
  const names = await readdir(folder, { recursive: true });
  const found = await Promise.all(names.map((name) => stat(path.join(folder, name)).catch(() => undefined)));
  const files = found.filter((file) => file !== undefined);
  return {
    sizeBytes: files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0),
    usedMs: Math.max(0, ...files.map((file) => file.mtimeMs)),
  };
}
