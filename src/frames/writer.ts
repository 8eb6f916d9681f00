/**
 * Writes a frame file from start to end. The file is whole only after `finish`: before that it has no index and no footer, so
 * no reader takes it for one. Names and renames are the caller's; memory stays at a few frames whatever the clip's length.
 */
import { createHash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { SluiceError } from '#shared/errors';
import { sha256Schema, type Sha256 } from '#shared/units';
import { compressFrame, framesInFlight } from './compression';
import { withDiskErrors } from './disk-errors';
import { checkShape, encodeFooter, encodeHeader, encodeIndex, frameBytes } from './layout';
import type { FrameFileShape, FrameRecord } from './layout';

export interface FrameFileSummary {
  readonly sizeBytes: number;
  /** Of the file. */
  readonly sha256: Sha256;
  /** Of the raw RGB of all frames, in order: equal for equal pictures, however they are stored. */
  readonly framesSha256: Sha256;
}

/**
 * Begins a frame file at `path`; what was there is overwritten.
 * Throws `invalid-argument` for an impossible shape, `disk-full`, `disk-read-only`.
 */
export async function createFrameFile(path: string, shape: FrameFileShape): Promise<FrameFileWriter> {
  checkShape(shape);
  return FrameFileWriter.begin(path, shape);
}

export class FrameFileWriter {
  private readonly records: FrameRecord[] = [];
  private readonly compressing: Promise<Buffer>[] = [];
  private readonly rawHash = createHash('sha256');
  private readonly fileHash = createHash('sha256');
  private position = 0;
  private framesTaken = 0;

  private constructor(
    readonly path: string,
    readonly shape: FrameFileShape,
    private readonly header: Buffer,
    private readonly file: FileHandle,
  ) {}

  /** See `createFrameFile`, which checks the shape first. */
  static async begin(path: string, shape: FrameFileShape): Promise<FrameFileWriter> {
    const file = await withDiskErrors('create', path, () => open(path, 'w'));
    const writer = new FrameFileWriter(path, shape, encodeHeader(shape), file);
    try {
      await writer.append(writer.header);
      return writer;
    } catch (error) {
      await writer.abort();
      throw error;
    }
  }

  /**
   * Takes the next whole frames, `[n, H, W, 3]`. Await it before the next call; `rgb` may be reused then.
   * Throws `internal` for a part of a frame or a frame too many, `disk-full`, `disk-read-only`.
   */
  async write(rgb: Uint8Array): Promise<void> {
    const bytes = frameBytes(this.shape);
    const count = rgb.length / bytes;
    if (!Number.isInteger(count) || this.framesTaken + count > this.shape.frames)
      throw new SluiceError(
        'internal',
        `Cannot write ${rgb.length} bytes after ${this.framesTaken} of ${this.shape.frames} frames of ${bytes} bytes: give whole frames, no more than were announced.`,
      );
    this.framesTaken += count;
    for (let at = 0; at < rgb.length; at += bytes) {
      const frame = rgb.subarray(at, at + bytes);
      this.rawHash.update(frame);
      if (this.compressing.length >= framesInFlight) await this.storeOldest();
      this.compressing.push(compressFrame(frame));
    }
  }

  /**
   * Writes index and footer, makes the file durable (not its directory entry: see `src/main/files`) and closes it.
   * Throws `internal` when frames are missing, `disk-full`, `disk-read-only`.
   */
  async finish(): Promise<FrameFileSummary> {
    if (this.framesTaken !== this.shape.frames)
      throw new SluiceError(
        'internal',
        `Cannot finish ${this.path} after ${this.framesTaken} of ${this.shape.frames} frames: write the rest, or abort.`,
      );
    while (this.compressing.length > 0) await this.storeOldest();
    const framesSha256 = sha256Schema.parse(this.rawHash.digest('hex'));
    const index = encodeIndex(this.records);
    const indexOffset = this.position;
    await this.append(index);
    await this.append(encodeFooter(this.header, index, indexOffset, framesSha256));
    await withDiskErrors('write', this.path, () => this.file.sync());
    await this.file.close();
    return { sizeBytes: this.position, sha256: sha256Schema.parse(this.fileHash.digest('hex')), framesSha256 };
  }

  /** Closes and removes the unfinished file. Safe to call after any failure. */
  async abort(): Promise<void> {
    await Promise.allSettled(this.compressing);
    await this.file.close().catch(() => undefined);
    await rm(this.path, { force: true });
  }

  private async storeOldest(): Promise<void> {
    const record = await this.compressing.shift();
    if (record === undefined) return;
    this.records.push({ offset: this.position, length: record.length, crc32: crc32(record) });
    await this.append(record);
  }

  private async append(bytes: Buffer): Promise<void> {
    this.fileHash.update(bytes);
    await withDiskErrors('write', this.path, () => this.file.writeFile(bytes));
    this.position += bytes.length;
  }
}
