/**
 * Stage outputs and imported clips, filed under the hash of what made them. An artifact is a frame file and, written after it, its
 * metadata; without metadata it is not there. Nothing partial ever bears a final name, and what turns out damaged is moved aside and
 * counts as missing, so that it is made again. Several processes may share the folder.
 */
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { fileErrorCode, withDiskErrors } from '#frames/disk-errors';
import { openFrameFile, type FrameFileReader } from '#frames/reader';
import { createFrameFile } from '#frames/writer';
import { SluiceError } from '#shared/errors';
import type { ImportedFrames } from '#shared/shot';
import type { Sha256 } from '#shared/units';
import { renameDurably, syncFolder } from '../files/durable-write';
import { readJsonFile, writeJsonFile } from '../files/json-file';
import type { Lock, LockAttempt, Locks } from '../files/lock';
import type { PresenceId } from '../files/presence';
import { ArtifactFiles } from './artifact-files';
import { damageOf, isDamage, openArtifact, type Thoroughness } from './damage';
import { artifactMetadataSchema, metadataFormat, type ArtifactMetadata, type ArtifactOrigin } from './metadata';
import { removeLeftovers } from './leftovers';
import { Pins } from './pins';
import { importedKey } from './stage-key';

/** Something that a person should hear of, though nothing failed. */
export interface ArtifactNotice {
  readonly kind: 'damaged';
  readonly key: Sha256;
  /** Why, in words. */
  readonly reason: string;
  /** Where the damaged file was moved. */
  readonly movedTo: string;
}

export interface Artifact {
  readonly key: Sha256;
  /** Absolute path of its frame file. */
  readonly path: string;
  readonly metadata: ArtifactMetadata;
}

/** Frames to import: a `FrameSource` of the engine that knows its rate. */
export interface ImportableFrames {
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  readonly fps: number;
  /** `[to − from, H, W, 3]`. */
  read(from: number, to: number): Promise<Uint8Array>;
}

/** Opens the store in `folder`, creating it, and removes what dead processes left unfinished. */
export async function openArtifactStore(
  folder: string,
  locks: Locks,
  onNotice: (notice: ArtifactNotice) => void = () => undefined,
): Promise<ArtifactStore> {
  await withDiskErrors('create', folder, async () => {
    await mkdir(folder, { recursive: true });
    await syncFolder(path.dirname(folder));
  });
  const store = new ArtifactStore(new ArtifactFiles(folder), locks, onNotice);
  await removeLeftovers(store);
  return store;
}

export class ArtifactStore {
  readonly pins: Pins;

  constructor(
    readonly files: ArtifactFiles,
    readonly locks: Locks,
    private readonly onNotice: (notice: ArtifactNotice) => void,
  ) {
    this.pins = new Pins(files.pins, locks.presence);
  }

  async has(key: Sha256): Promise<boolean> {
    return (await this.find(key)) !== undefined;
  }

  /** The artifact, checked but for its frames, and marked as used now. `undefined`: it must be made. */
  async find(key: Sha256): Promise<Artifact | undefined> {
    const opened = await this.open(key);
    await opened?.reader.close();
    return opened?.artifact;
  }

  /** As `find`, with a reader on its frames, which the caller closes. */
  async open(key: Sha256): Promise<{ readonly artifact: Artifact; readonly reader: FrameFileReader } | undefined> {
    try {
      const opened = await openArtifact(this.files, key);
      if (opened === undefined) return undefined;
      await this.touch(key);
      const { metadata, reader } = opened;
      return { artifact: { key, path: this.files.frames(key), metadata }, reader };
    } catch (error) {
      if (!isDamage(error)) throw error;
      await this.withdrawDamaged(key, 'directory');
      return undefined;
    }
  }

  /** Reads all frames of an artifact. False: it was damaged, was moved aside and counts as missing, or was not there. */
  async verify(key: Sha256): Promise<boolean> {
    const opened = await this.open(key);
    if (opened === undefined) return false;
    try {
      await opened.reader.verify();
      return true;
    } catch (error) {
      if (!isDamage(error)) throw error;
      await this.withdrawDamaged(key, 'frames');
      return false;
    } finally {
      await opened.reader.close();
    }
  }

  /** Waits for the right to make the artifact `key`; whoever gets it looks first whether it is there by now. */
  lock(key: Sha256, signal: AbortSignal, onWaiting?: (holder: PresenceId) => void): Promise<Lock> {
    return this.locks.acquire(lockName(key), signal, onWaiting);
  }

  /** The same right if nobody has it. */
  attemptLock(key: Sha256): Promise<LockAttempt> {
    return this.locks.attempt(lockName(key));
  }

  /** Where to write the frame file that `commit` then takes. */
  temporaryPath(key: Sha256): string {
    return this.files.partial(key, this.locks.presence.id);
  }

  /**
   * Makes the finished frame file at `temporary` the artifact `key`, durably. The caller holds its lock.
   * Throws `artifact-corrupt` when it is not a whole frame file, `disk-full`, `disk-read-only`.
   */
  async commit(key: Sha256, temporary: string, origin: ArtifactOrigin): Promise<Artifact> {
    const reader = await openFrameFile(temporary);
    const { frames, height, width, fps, framesSha256 } = reader;
    await reader.close();
    const { size: sizeBytes } = await stat(temporary);
    const madeAt = new Date().toISOString();
    const shape = { frames, height, width, fps };
    const metadata = { format: metadataFormat, key, origin, ...shape, sizeBytes, framesSha256, madeAt } as const;
    await rm(this.files.metadata(key), { recursive: true, force: true });
    await renameDurably(temporary, this.files.frames(key));
    await writeJsonFile(this.files.metadata(key), metadata, this.temporaryPath(key));
    return { key, path: this.files.frames(key), metadata };
  }

  /** Takes in frames that a person brought; the same pictures are kept once. Throws what reading them throws, `disk-full`, `disk-read-only`. */
  async import(source: ImportableFrames, signal: AbortSignal): Promise<ImportedFrames> {
    const temporary = this.temporaryImportPath();
    const writer = await createFrameFile(temporary, source);
    try {
      for (let frame = 0; frame < source.frames; frame += 1) {
        signal.throwIfAborted();
        await writer.write(await source.read(frame, frame + 1));
      }
      await writer.finish();
      return await this.adopt(temporary, signal);
    } finally {
      await writer.abort();
    }
  }

  /** Where to write a frame file that `adopt` then takes. */
  temporaryImportPath(): string {
    return this.files.partial('import', this.locks.presence.id);
  }

  /** As `import`, for a finished frame file at a `temporaryImportPath`, which is then gone, whatever happens. */
  async adopt(temporary: string, signal: AbortSignal): Promise<ImportedFrames> {
    try {
      const reader = await openFrameFile(temporary);
      const { frames, height, width, framesSha256 } = reader;
      await reader.close();
      const key = importedKey({ frames, height, width }, framesSha256);
      const lock = await this.lock(key, signal);
      try {
        if (!(await this.has(key))) await this.commit(key, temporary, { kind: 'imported' });
      } finally {
        await lock.release();
      }
      return { sha256: key, frames, height, width };
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /** Every artifact whose metadata can be read, with when it was last used and what it takes. */
  async list(): Promise<readonly (Artifact & { readonly lastUsedMs: number; readonly pinned: boolean })[]> {
    const pinned = await this.pins.all();
    const listed = [];
    for (const name of await readdir(this.files.folder)) {
      const file = this.files.classify(name);
      if (file.kind !== 'metadata') continue;
      const read = await readJsonFile(this.files.metadata(file.key), artifactMetadataSchema);
      const frames = await stat(this.files.frames(file.key)).catch(() => undefined);
      if (read.kind !== 'read' || frames === undefined) continue;
      listed.push({
        key: file.key,
        path: this.files.frames(file.key),
        metadata: read.value,
        lastUsedMs: frames.mtimeMs,
        pinned: pinned.has(file.key),
      });
    }
    return listed;
  }

  /** Throws `invalid-argument` when a project or a running job needs it. */
  async remove(key: Sha256): Promise<void> {
    if (await this.removeUnlessNeeded(key)) return;
    throw new SluiceError(
      'invalid-argument',
      `The artifact ${key} is in use by a project or a running job: remove the clip from the project, or wait, and try again.`,
      { details: { key } },
    );
  }

  /**
   * False: it is pinned, or being made. Pins are read after the metadata has gone: a job pins first and then looks whether the
   * artifact is there, so either this sees its pin or it sees the artifact gone.
   */
  async removeUnlessNeeded(key: Sha256): Promise<boolean> {
    const attempt = await this.attemptLock(key);
    if (attempt.kind === 'busy') return false;
    const aside = this.files.removing(key, this.locks.presence.id);
    try {
      await rename(this.files.metadata(key), aside).catch(ignoreMissing);
      if ((await this.pins.all()).has(key)) return false;
      await rm(this.files.frames(key), { force: true });
      await rm(aside, { recursive: true, force: true });
      return true;
    } finally {
      await rename(aside, this.files.metadata(key)).catch(ignoreMissing);
      await attempt.lock.release();
    }
  }

  private async touch(key: Sha256): Promise<void> {
    const now = new Date();
    await utimes(this.files.frames(key), now, now).catch(() => undefined);
  }

  /**
   * Leaves it alone while somebody holds its lock: whoever does is about to replace it. Looks again when it has the lock itself: by
   * then somebody may have replaced it, or removed it.
   */
  private async withdrawDamaged(key: Sha256, thoroughness: Thoroughness): Promise<void> {
    const attempt = await this.attemptLock(key);
    if (attempt.kind === 'busy') return;
    try {
      const damage = await damageOf(this.files, key, thoroughness);
      if (damage === undefined) return;
      const movedTo = path.join(this.files.quarantine, `${key}.frames`);
      await withDiskErrors('create', this.files.quarantine, () => mkdir(this.files.quarantine, { recursive: true }));
      await rm(this.files.metadata(key), { recursive: true, force: true });
      await rename(this.files.frames(key), movedTo).catch(ignoreMissing);
      this.onNotice({ kind: 'damaged', key, reason: damage.message, movedTo });
    } finally {
      await attempt.lock.release();
    }
  }
}

function lockName(key: Sha256): string {
  return `artifact-${key}`;
}

function ignoreMissing(error: unknown): void {
  if (fileErrorCode(error) !== 'ENOENT') throw error;
}
