/**
 * Latents in files, for stages whose latents do not fit in memory. The files are the checkpoint: after each step the one just
 * written becomes current. Written data is sent to the disk as it comes, and the next step begins while the rest of it gets
 * there; only its first write, over the checkpoint before, waits for that.
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
  type SavedStep,
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
  /** Of the step before: its plane on the disk and the checkpoint that names it. */
  #durable: Promise<void> = Promise.resolve();
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
    await this.#durable;
    const { file, path } = await this.#plane(plane);
    const position = from * frameBytes(this.checkpoint.shape);
    await withDiskErrors('write', path, () => writeAll(file, bytesOf(clip.data), position));
    if (plane === 'predictor') return;
    frameChecksums(clip.data, this.checkpoint.shape).forEach((checksum, i) => (this.#checksums[from + i] = checksum));
    this.#unflushedBytes += clip.data.byteLength;
    if (this.#unflushedBytes >= flushBytes) this.#beginFlush(file);
  }

  /** A failure to make the step durable is thrown by the write that follows, or by the next step's end. */
  async advance(stepsTaken: number): Promise<void> {
    await this.#durable;
    const written = other(this.current);
    this.#durable = this.#makeDurable({ stepsTaken, slot: written, crc32: [...this.#checksums] });
    this.#durable.catch(() => undefined);
    this.#unflushedBytes = 0;
    this.current = written;
    this.stepsTaken = stepsTaken;
  }

  async close(): Promise<void> {
    await this.#flush;
    await this.#durable.catch(() => undefined);
    for (const { file } of [...this.planes, ...(this.#predictor ? [this.#predictor] : [])]) await file.close();
  }

  async #plane(plane: LatentPlane): Promise<OpenPlane> {
    if (plane !== 'predictor') return this.planes[plane === 'current' ? this.current : other(this.current)];
    this.#predictor ??= await openPlane(this.checkpoint.planePath('predictor'));
    return this.#predictor;
  }

  async #makeDurable(step: SavedStep): Promise<void> {
    const { file, path } = this.planes[step.slot];
    await this.#flush;
    await withDiskErrors('write', path, () => file.datasync());
    await this.checkpoint.save(step);
  }

  /** Errors are left to the flush that `#makeDurable` does itself. */
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
