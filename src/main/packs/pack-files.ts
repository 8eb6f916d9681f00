/**
 * Whether the files of a pack's directory are exactly those of its manifest: no more, no fewer, none of them a link or a device,
 * each of the size and hash that is written there. It does not look into them.
 *
 * A link could lead out of the directory, and a second name for a file's bytes is a way to change them after they were
 * verified; ONNX Runtime refuses both from 1.24 on, too.
 */
import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { constants, type FileHandle, lstat, open, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileErrorCode } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import { type PackFile, packChunkBytes, type PackManifest } from '#shared/pack-manifest';
import { largestManifestBytes, manifestName } from './manifest/manifest';
import { packInvalid, shown } from './pack-invalid';

/** What file managers leave behind in any folder that they show, and macOS beside files in archives; never read. */
const droppings = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini', '__MACOSX']);
/** As many as a manifest can list, with room for the droppings. */
const mostEntries = 1024;
const deepestFolder = 8;
const remedy = 'Install the pack again.';

export interface FoundFile {
  /** Relative to the pack's directory, forward slashes. */
  readonly path: string;
  readonly stat: BigIntStats;
}

/** Whether a relative path is none of the pack's business, whatever is there. */
export function isDropping(relative: string): boolean {
  const [first = '', ...rest] = relative.split('/');
  return droppings.has(rest.at(-1) ?? first) || first === '__MACOSX';
}

/** Absolute path of a pack's directory, links in the way to it resolved. Throws `pack-not-found`. */
export async function packDirectory(directory: string): Promise<string> {
  try {
    const resolved = await realpath(directory);
    if ((await lstat(resolved)).isDirectory()) return resolved;
  } catch (cause) {
    throw notADirectory(directory, cause);
  }
  throw notADirectory(directory);
}

/** Bytes of the manifest in `directory`, at most one more than allowed. Throws `pack-invalid`. */
export async function readManifestBytes(directory: string): Promise<Uint8Array> {
  const handle = await openPlain(path.join(directory, manifestName)).catch((error: unknown) => {
    const isMissing = error instanceof SluiceError && fileErrorCode(error.cause) === 'ENOENT';
    throw isMissing ? noPack(directory, error) : error;
  });
  try {
    const bytes = new Uint8Array(largestManifestBytes + 1);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.slice(0, length);
  } finally {
    await handle.close();
  }
}

function noPack(directory: string, cause: unknown): SluiceError {
  return packInvalid(
    `${shown(directory)} holds no pack: there is no ${manifestName} in it.`,
    'Name the folder of a pack, or install the pack again.',
    { directory },
    cause,
  );
}

/** Every file in the directory, sorted by path. Throws `pack-invalid` at the first link, device or surplus of entries. */
export async function findFiles(directory: string): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  const folders: { readonly relative: string; readonly depth: number }[] = [{ relative: '', depth: 0 }];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
    for (const name of await readdir(path.join(directory, folder.relative))) {
      const relative = folder.relative === '' ? name : `${folder.relative}/${name}`;
      const stat = await lstat(path.join(directory, relative), { bigint: true });
      if (stat.isDirectory()) folders.push({ relative, depth: deeper(relative, folder.depth) });
      else if (!(isDropping(relative) && stat.isFile())) found.push({ path: relative, stat: plain(relative, stat) });
      if (found.length + folders.length > mostEntries)
        throw packInvalid(`The pack's directory holds more than ${mostEntries} entries.`, remedy, { directory });
    }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Compares names and sizes with the manifest. Throws `pack-invalid`.
 *
 * @param found sizes in bytes by path, the manifest's own among them
 */
export function checkFileList(manifest: PackManifest, found: ReadonlyMap<string, bigint>): void {
  const onDisk = new Map(found);
  for (const { path: name, sizeBytes } of manifest.files) {
    const size = onDisk.get(name);
    if (size === undefined) throw packInvalid(`The pack's file ${shown(name)} is missing.`, remedy, { path: name });
    if (size !== BigInt(sizeBytes))
      throw packInvalid(`The pack's file ${shown(name)} has ${size} bytes instead of ${sizeBytes}.`, remedy, {
        path: name,
      });
    onDisk.delete(name);
  }
  onDisk.delete(manifestName);
  const [surplus] = onDisk.keys();
  if (surplus !== undefined)
    throw packInvalid(
      `The pack's directory holds ${shown(surplus)}, which its manifest does not list.`,
      'Remove that file, or install the pack again.',
      { path: surplus },
    );
}

/** Reads the file once and compares its SHA-256, and those of its chunks, with the manifest. Throws `pack-invalid`. */
export async function checkFileHash(directory: string, file: PackFile, signal?: AbortSignal): Promise<void> {
  const handle = await openPlain(path.join(directory, file.path));
  try {
    const whole = createHash('sha256');
    const buffer = Buffer.allocUnsafe(Math.min(packChunkBytes, file.sizeBytes));
    for (const [index, expected] of file.chunkSha256.entries()) {
      signal?.throwIfAborted();
      const chunk = await readChunk(handle, buffer, index * packChunkBytes, file);
      whole.update(chunk);
      if (createHash('sha256').update(chunk).digest('hex') !== expected) throw damaged(file, index);
    }
    if (whole.digest('hex') !== file.sha256) throw damaged(file);
  } finally {
    await handle.close();
  }
}

/** Opens a file that is neither a link nor anything else than a file with one name. Throws `pack-invalid`. */
export async function openPlain(file: string): Promise<FileHandle> {
  const name = path.basename(file);
  let handle: FileHandle;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (cause) {
    throw packInvalid(`The pack's file ${shown(name)} cannot be opened.`, remedy, { file }, cause);
  }
  try {
    plain(name, await handle.stat({ bigint: true }));
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function readChunk(handle: FileHandle, buffer: Buffer, position: number, file: PackFile): Promise<Buffer> {
  const length = Math.min(packChunkBytes, file.sizeBytes - position);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(buffer, done, length - done, position + done);
    if (bytesRead === 0) throw damaged(file);
    done += bytesRead;
  }
  return buffer.subarray(0, length);
}

function plain(name: string, stat: BigIntStats): BigIntStats {
  const what = stat.isSymbolicLink() ? 'a symbolic link' : stat.isFile() ? undefined : 'not a regular file';
  if (what !== undefined) throw packInvalid(`The pack's entry ${shown(name)} is ${what}.`, remedy, { path: name });
  if (stat.nlink > 1n)
    throw packInvalid(
      `The pack's file ${shown(name)} has ${stat.nlink} names (hard links).`,
      'Copy the pack instead of linking it.',
      { path: name },
    );
  return stat;
}

function deeper(relative: string, depth: number): number {
  if (depth < deepestFolder) return depth + 1;
  throw packInvalid(`The pack's folder ${shown(relative)} is nested deeper than ${deepestFolder} levels.`, remedy);
}

function damaged(file: PackFile, chunk?: number): SluiceError {
  const where = chunk === undefined ? '' : ` (piece ${chunk + 1} of ${file.chunkSha256.length})`;
  return packInvalid(`The pack's file ${shown(file.path)} is damaged${where}: its SHA-256 is another.`, remedy, {
    path: file.path,
    ...(chunk === undefined ? {} : { chunk }),
  });
}

function notADirectory(directory: string, cause?: unknown): SluiceError {
  return new SluiceError('pack-not-found', `There is no pack directory ${shown(directory)}. Check the path.`, {
    details: { directory },
    cause,
  });
}
