/**
 * Installs a pack into the user's folder: copied under a temporary name, verified where it lies, synced, then given its final
 * name, its hash. Nothing that bears such a name is ever partial. Processes that install the same pack take turns: the first
 * installs it, the others find it there.
 */
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileErrorCode, withDiskErrors } from '#frames/disk-errors';
import type { PackFile, PackManifest } from '#shared/pack-manifest';
import type { Sha256 } from '#shared/units';
import { requireSpace } from '../files/disk-space';
import { renameDurably, syncFolder } from '../files/durable-write';
import type { Locks } from '../files/lock';
import type { PresenceId } from '../files/presence';
import { openSharedHome } from '../files/shared-home';
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
}

/**
 * Throws `pack-not-found`, `pack-invalid`, `disk-full`, `disk-read-only`, or the cancellation of `signal`; then nothing is left
 * behind.
 */
export async function installPack(
  source: PackSource,
  place: PackFolder,
  options: InstallOptions = {},
): Promise<InstalledPack> {
  const opened = await source.open();
  try {
    const bytes = await opened.readManifest();
    const { manifest, hash } = parseManifest(bytes);
    await opened.checkFiles(manifest);
    return await withPackLock(place, hash, options.signal, async (presence) => {
      const target = path.join(place.folder, hash);
      const existing = await validatePack(target, { memory: place.memory }).catch(() => undefined);
      if (existing?.hash === hash) return { pack: existing, isNew: false };
      const staged = path.join(place.folder, `${stagingPrefix}${presence}`);
      try {
        await withDiskErrors('write', staged, () => stage(opened, { staged, manifest, bytes }, options));
        await validatePack(staged, options.signal ? { signal: options.signal } : {});
        await moveIntoPlace(staged, target, presence);
      } finally {
        await rm(staged, { recursive: true, force: true });
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
      moveAside(path.join(place.folder, hash), presence),
    );
  });
}

const stagingPrefix = '.installing-';
const removingPrefix = '.removing-';

/** Runs `action` alone among all processes for this pack, and clears away what dead ones left. */
async function withPackLock<T>(
  { home, folder }: PackFolder,
  hash: Sha256,
  signal: AbortSignal | undefined,
  action: (presence: PresenceId) => Promise<T>,
): Promise<T> {
  await withDiskErrors('create', folder, () => mkdir(folder, { recursive: true }));
  const shared = await openSharedHome(home);
  try {
    const lock = await shared.locks.acquire(`pack-${hash}`, signal ?? new AbortController().signal);
    try {
      await removeLeftovers(folder, shared.locks);
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
}

async function stage(
  opened: OpenPackSource,
  { staged, manifest, bytes }: Staging,
  options: InstallOptions,
): Promise<void> {
  const total = manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  await requireSpace(path.dirname(staged), total, `The pack ${manifest.name} ${manifest.version}`);
  const folders = [staged, ...manifest.files.map((file) => path.dirname(path.join(staged, file.path)))];
  for (const folder of folders) await mkdir(folder, { recursive: true });
  let done = 0;
  const onBytes = (count: number) => options.onProgress?.((done += count), total);
  for (const file of manifest.files) {
    const pieces = limited(opened.readFile(file), file, options.signal);
    await writeSynced(path.join(staged, file.path), pieces, onBytes);
  }
  await writeSynced(path.join(staged, manifestName), [bytes]);
  for (const folder of new Set(folders)) await syncFolder(folder);
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
  file: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onBytes: (count: number) => void = () => undefined,
): Promise<void> {
  const handle = await open(file, 'wx');
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

/** What stands at `target` is no valid pack, else nothing would have been staged. */
async function moveIntoPlace(staged: string, target: string, presence: PresenceId): Promise<void> {
  await moveAside(target, presence);
  await renameDurably(staged, target);
}

/** Takes the final name away first: a pack that is half removed must not bear it. */
async function moveAside(target: string, presence: PresenceId): Promise<void> {
  const aside = path.join(path.dirname(target), `${removingPrefix}${presence}`);
  const existed = await rename(target, aside).then(
    () => true,
    (error: unknown) => {
      if (fileErrorCode(error) === 'ENOENT') return false;
      throw error;
    },
  );
  if (existed) await rm(aside, { recursive: true, force: true });
}

async function removeLeftovers(folder: string, locks: Locks): Promise<void> {
  for (const name of await readdir(folder)) {
    const owner = [stagingPrefix, removingPrefix].find((prefix) => name.startsWith(prefix));
    if (owner !== undefined && !(await locks.presence.isAlive(name.slice(owner.length))))
      await rm(path.join(folder, name), { recursive: true, force: true });
  }
}
