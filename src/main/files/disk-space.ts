/** Room on a disk, asked before work that would fill it. */
import { statfs } from 'node:fs/promises';
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
