/**
 * Latents in files, for stages whose latents do not fit in memory. The files are the checkpoint: after each step the one just
 * written becomes current. Written data is sent to the disk as it comes, so that a step does not end with a long wait for it.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { withDiskErrors } from '#frames/disk-errors';
import type { Clip, LatentPlane, LatentStore } from '#engine/denoiser';
import { mebibyte } from '#shared/units';
import {
  bytesOf,
  fillFrom,
  frameBytes,
  frameChecksums,
  unwritten,
  writeAll,
  type Checkpoint,
  type Slot,
} from './checkpoint';

/** Written since the last flush before the next begins in the background. */
const flushBytes = 64 * mebibyte;

interface OpenPlane {
  readonly path: string;
  readonly file: FileHandle;
}

export class FileLatents implements LatentStore {
  readonly #checksums: number[] = [];
  #unflushedBytes = 0;
  #flush: Promise<void> = Promise.resolve();
  #predictor: OpenPlane | undefined;

  private constructor(
    private readonly checkpoint: Checkpoint,
    private readonly planes: readonly [OpenPlane, OpenPlane],
    private current: Slot,
    public stepsTaken: number,
  ) {}

  /** Resumes where there is a checkpoint of this run. Throws `disk-full`, `disk-read-only`. */
  static async open(checkpoint: Checkpoint): Promise<FileLatents> {
    const saved = await checkpoint.find();
    const first = await openPlane(checkpoint.planePath(0));
    const second = await openPlane(checkpoint.planePath(1)).catch(async (error: unknown) => {
      await first.file.close();
      throw error;
    });
    return new FileLatents(checkpoint, [first, second], saved?.slot ?? 1, saved?.stepsTaken ?? 0);
  }

  async read(plane: LatentPlane, from: number, into: Clip): Promise<void> {
    const { file, path } = await this.#plane(plane);
    const position = from * frameBytes(this.checkpoint.shape);
    const complete = await withDiskErrors('read', path, () => fillFrom(file, bytesOf(into.data), position));
    if (!complete) throw unwritten(plane);
  }

  async write(plane: 'next' | 'predictor', from: number, clip: Clip): Promise<void> {
    const { file, path } = await this.#plane(plane);
    const position = from * frameBytes(this.checkpoint.shape);
    await withDiskErrors('write', path, () => writeAll(file, bytesOf(clip.data), position));
    if (plane === 'predictor') return;
    frameChecksums(clip.data, this.checkpoint.shape).forEach((checksum, i) => (this.#checksums[from + i] = checksum));
    this.#unflushedBytes += clip.data.byteLength;
    if (this.#unflushedBytes >= flushBytes) this.#beginFlush(file);
  }

  async advance(stepsTaken: number): Promise<void> {
    const { file, path } = await this.#plane('next');
    await this.#flush;
    await withDiskErrors('write', path, () => file.datasync());
    this.#unflushedBytes = 0;
    const slot = other(this.current);
    await this.checkpoint.save({ stepsTaken, slot, crc32: this.#checksums });
    this.current = slot;
    this.stepsTaken = stepsTaken;
  }

  async close(): Promise<void> {
    await this.#flush;
    for (const { file } of [...this.planes, ...(this.#predictor ? [this.#predictor] : [])]) await file.close();
  }

  async #plane(plane: LatentPlane): Promise<OpenPlane> {
    if (plane !== 'predictor') return this.planes[plane === 'current' ? this.current : other(this.current)];
    this.#predictor ??= await openPlane(this.checkpoint.planePath('predictor'));
    return this.#predictor;
  }

  /** Errors are left to the flush that `advance` waits for. */
  #beginFlush(file: FileHandle): void {
    this.#unflushedBytes = 0;
    this.#flush = this.#flush.then(() => file.datasync()).catch(() => undefined);
  }
}

function other(slot: Slot): Slot {
  return slot === 0 ? 1 : 0;
}

/** For reading and writing, created where it is missing, never emptied. */
async function openPlane(path: string): Promise<OpenPlane> {
  const file = await withDiskErrors('create', path, async () => {
    await (await open(path, 'a')).close();
    return open(path, 'r+');
  });
  return { path, file };
}
