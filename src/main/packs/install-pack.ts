/**
 * Installs a pack into the user's folder: copied under a temporary name, verified where it lies, synced, then given its final
 * name, its hash. Nothing that bears such a name is ever partial. Processes that install the same pack take turns: the first
 * installs it, the others find it there.
 */
import path from 'node:path';
import { fileErrorCode, withDiskErrors } from '#frames/disk-errors';
import type { PackFile, PackManifest } from '#shared/pack-manifest';
import type { Sha256 } from '#shared/units';
import { ensureHome } from '../ensure-home';
import { requireSpace } from '../files/disk-space';
import { renameDurably, syncFolder } from '../files/durable-write';
import type { FileSystem } from '../files/file-system';
import type { Locks } from '../files/lock';
import type { PresenceId } from '../files/presence';
import { openSharedHome } from '../files/shared-home';
import type { OpenContentChecks } from './content-checks';
import { listedFiles, validatePack } from './inspect-pack';
import { manifestName, parseManifest } from './manifest/manifest';
import type { Pack } from './pack';
import { packInvalid, shown } from './pack-invalid';
import type { OpenPackSource, PackSource } from './pack-source';
import type { VerificationMemory } from './verification-memory';

export interface InstalledPack {
  readonly pack: Pack;
  /** False where it had been installed before. */
  readonly isNew: boolean;
}

export interface InstallOptions {
  /** What the manifest's hash must be, where somebody asked for a certain pack. */
  readonly expectedHash?: Sha256;
  readonly signal?: AbortSignal;
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
}

/** Where packs are installed to. */
export interface PackFolder {
  /** Sluice's folder of this user, which holds the locks. */
  readonly home: string;
  /** The packs' folder in it. */
  readonly folder: string;
  readonly memory: VerificationMemory;
  readonly files: FileSystem;
  /** Who looks into graphs and tokenizer; the calling thread where absent. */
  readonly contents?: OpenContentChecks;
}

/**
 * Throws `pack-not-found`, `pack-invalid`, `invalid-argument` where there can be no home, `disk-full`, `disk-read-only`, or the cancellation of `signal`; then nothing is left
 * behind.
 */
export async function installPack(
  source: PackSource,
  place: PackFolder,
  options: InstallOptions = {},
): Promise<InstalledPack> {
  const { files } = place;
  const contents = place.contents && { contents: place.contents };
  const opened = await source.open();
  try {
    const bytes = await opened.readManifest();
    const { manifest, hash } = parseManifest(bytes);
    if (options.expectedHash !== undefined && options.expectedHash !== hash)
      throw packInvalid(
        `${shown(source.description)} holds the pack ${hash}, and ${options.expectedHash} was asked for.`,
        'Ask whoever offers it which of the two is right.',
      );
    await opened.checkFiles(manifest);
    return await withPackLock(place, hash, options.signal, async (presence) => {
      const target = path.join(place.folder, hash);
      const existing = await validatePack(target, { ...contents }).catch(() => undefined);
      if (existing?.hash === hash) return { pack: existing, isNew: false };
      const staged = path.join(place.folder, `${stagingPrefix}${presence}`);
      try {
        await withDiskErrors('write', staged, () => stage(opened, { staged, manifest, bytes, files }, options));
        await validatePack(staged, { ...contents, ...(options.signal && { signal: options.signal }) });
        await withDiskErrors('replace', target, () => moveAside(target, presence, files));
        await renameDurably(staged, target, files);
      } finally {
        // Where even this fails, the next installation clears it away.
        await files.rm(staged, { recursive: true, force: true }).catch(() => undefined);
      }
      await place.memory.remember(target, hash, await listedFiles(target, manifest));
      return { pack: { directory: target, hash, manifest }, isNew: true };
    });
  } finally {
    await opened.close();
  }
}

/** Removes an installed pack; nothing happens where it is not there. Throws `disk-read-only`. */
export async function removePack(place: PackFolder, hash: Sha256): Promise<void> {
  await withPackLock(place, hash, undefined, async (presence) => {
    await withDiskErrors('remove', path.join(place.folder, hash), () =>
      moveAside(path.join(place.folder, hash), presence, place.files),
    );
  });
}

const stagingPrefix = '.installing-';
const removingPrefix = '.removing-';

/** Runs `action` alone among all processes for this pack, and clears away what dead ones left. */
async function withPackLock<T>(
  { home, folder, files }: PackFolder,
  hash: Sha256,
  signal: AbortSignal | undefined,
  action: (presence: PresenceId) => Promise<T>,
): Promise<T> {
  await ensureHome(home);
  await withDiskErrors('create', folder, () => files.mkdir(folder, { recursive: true }));
  const shared = await openSharedHome(home);
  try {
    const lock = await shared.locks.acquire(`pack-${hash}`, signal ?? new AbortController().signal);
    try {
      await withDiskErrors('clear', folder, () => removeLeftovers(folder, shared.locks, files));
      return await action(shared.locks.presence.id);
    } finally {
      await lock.release();
    }
  } finally {
    await shared.close();
  }
}

interface Staging {
  readonly staged: string;
  readonly manifest: PackManifest;
  /** The manifest as it came: its layout is kept. */
  readonly bytes: Uint8Array;
  readonly files: FileSystem;
}

async function stage(
  opened: OpenPackSource,
  { staged, manifest, bytes, files }: Staging,
  options: InstallOptions,
): Promise<void> {
  const total = manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  await requireSpace(path.dirname(staged), total, `The pack ${manifest.name} ${manifest.version}`);
  const folders = [staged, ...manifest.files.map((file) => path.dirname(path.join(staged, file.path)))];
  for (const folder of folders) await files.mkdir(folder, { recursive: true });
  let done = 0;
  const onBytes = (count: number) => options.onProgress?.((done += count), total);
  for (const file of manifest.files) {
    const pieces = limited(opened.readFile(file), file, options.signal);
    await writeSynced(files, path.join(staged, file.path), pieces, onBytes);
  }
  await writeSynced(files, path.join(staged, manifestName), [bytes]);
  for (const folder of new Set(folders)) await syncFolder(folder, files);
}

/** The pieces of `file`, and an error at the first byte past the size that its manifest states. */
async function* limited(
  pieces: AsyncIterable<Uint8Array>,
  file: PackFile,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    signal?.throwIfAborted();
    bytes += piece.length;
    if (bytes > file.sizeBytes)
      throw packInvalid(
        `The pack's file ${shown(file.path)} goes on after its ${file.sizeBytes} bytes.`,
        'Get the pack again.',
      );
    yield piece;
  }
}

async function writeSynced(
  files: FileSystem,
  file: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onBytes: (count: number) => void = () => undefined,
): Promise<void> {
  const handle = await files.open(file, 'wx');
  try {
    for await (const piece of pieces) {
      await handle.writeFile(piece);
      onBytes(piece.length);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Takes the final name away first: a pack that is half removed must not bear it. */
async function moveAside(target: string, presence: PresenceId, files: FileSystem): Promise<void> {
  const aside = path.join(path.dirname(target), `${removingPrefix}${presence}`);
  const existed = await files.rename(target, aside).then(
    () => true,
    (error: unknown) => {
      if (fileErrorCode(error) === 'ENOENT') return false;
      throw error;
    },
  );
  if (existed) await files.rm(aside, { recursive: true, force: true });
}

async function removeLeftovers(folder: string, locks: Locks, files: FileSystem): Promise<void> {
  for (const name of await files.readdir(folder)) {
    const owner = [stagingPrefix, removingPrefix].find((prefix) => name.startsWith(prefix));
    if (owner !== undefined && !(await locks.presence.isAlive(name.slice(owner.length))))
      await files.rm(path.join(folder, name), { recursive: true, force: true });
  }
}
