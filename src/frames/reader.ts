/** Reads a frame file by frame, each frame alone. Damage is found where it lies: on opening in the directory, on reading in a frame. */
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { SluiceError } from '#shared/errors';
import type { Sha256 } from '#shared/units';
import { decompressFrame, framesInFlight } from './compression';
import { fileErrorCode, withDiskErrors } from './disk-errors';
import {
  corrupt,
  decodeDirectory,
  decodeHeader,
  footerBytes,
  frameBytes,
  headerBytes,
  indexEntryBytes,
} from './layout';
import type { FrameFileShape, FrameRecord } from './layout';

/**
 * Opens a frame file and checks its header, index, footer and length, not yet its frames.
 * Throws `artifact-missing` where there is no file, `artifact-corrupt` where there is something else, `disk-read-only` where
 * reading is not allowed.
 */
export async function openFrameFile(path: string): Promise<FrameFileReader> {
  const file = await withDiskErrors('open', path, () => open(path, 'r')).catch((error: unknown) => {
    throw fileErrorCode(error) === 'ENOENT' ? missing(path, error) : error;
  });
  try {
    return await readDirectory(path, file);
  } catch (error) {
    await file.close();
    throw fileErrorCode(error) === 'EISDIR' ? corrupt(path, 'it is a directory', error) : error;
  }
}

/** Also a `FrameSource` of the engine. */
export class FrameFileReader implements FrameFileShape {
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  readonly fps: number;

  constructor(
    readonly path: string,
    shape: FrameFileShape,
    /** SHA-256 of the raw RGB of all frames, as its writer saw them. */
    readonly framesSha256: Sha256,
    private readonly records: readonly FrameRecord[],
    private readonly file: FileHandle,
  ) {
    this.frames = shape.frames;
    this.height = shape.height;
    this.width = shape.width;
    this.fps = shape.fps;
  }

  /**
   * Frames `[from, to)` as `[to − from, H, W, 3]`.
   * Throws `invalid-argument` for frames that are not there, `artifact-corrupt` for damaged ones.
   */
  async read(from: number, to: number): Promise<Uint8Array> {
    const inside = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= this.frames;
    if (!inside)
      throw new SluiceError(
        'invalid-argument',
        `Cannot read frames ${from} to ${to} of ${this.path}: it has frames 0 to ${this.frames}. Ask for a part of these.`,
      );
    const bytes = frameBytes(this);
    const rgb = new Uint8Array((to - from) * bytes);
    let next = from;
    const readSome = async (): Promise<void> => {
      while (next < to) {
        const frame = next++;
        await this.readFrame(frame, rgb.subarray((frame - from) * bytes, (frame - from + 1) * bytes));
      }
    };
    const readers = Array.from({ length: Math.min(framesInFlight, to - from) }, readSome);
    await Promise.all(readers).finally(() => (next = to));
    return rgb;
  }

  /** Reads every frame and compares with `framesSha256`. Throws `artifact-corrupt`. */
  async verify(): Promise<void> {
    const hash = createHash('sha256');
    for (let from = 0; from < this.frames; from += framesInFlight)
      hash.update(await this.read(from, Math.min(from + framesInFlight, this.frames)));
    if (hash.digest('hex') !== this.framesSha256)
      throw corrupt(this.path, 'its frames are not those that were written');
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async readFrame(frame: number, target: Uint8Array): Promise<void> {
    const record = this.records[frame];
    if (record === undefined) throw corrupt(this.path, `frame ${frame} is not in its index`);
    const bytes = await readExactly(this.path, this.file, record.offset, record.length);
    if (crc32(bytes) !== record.crc32) throw corrupt(this.path, `the checksum of frame ${frame} is wrong`);
    await decompressFrame(bytes, target).catch((error: unknown) => {
      throw corrupt(this.path, `frame ${frame} cannot be decompressed`, error);
    });
  }
}

async function readDirectory(path: string, file: FileHandle): Promise<FrameFileReader> {
  const { size } = await file.stat();
  if (size < headerBytes + footerBytes) throw corrupt(path, `it has only ${size} bytes`);
  const header = await readExactly(path, file, 0, headerBytes);
  const shape = decodeHeader(header, path);
  const indexBytes = shape.frames * indexEntryBytes;
  const indexOffset = size - footerBytes - indexBytes;
  if (indexOffset < headerBytes) throw corrupt(path, `it is too short for ${shape.frames} frames`);
  const index = await readExactly(path, file, indexOffset, indexBytes);
  const footer = await readExactly(path, file, size - footerBytes, footerBytes);
  const { records, framesSha256 } = decodeDirectory(path, header, index, footer);
  const last = records.at(-1);
  if (last === undefined || last.offset + last.length !== indexOffset) throw corrupt(path, 'its length is wrong');
  return new FrameFileReader(path, shape, framesSha256, records, file);
}

async function readExactly(path: string, file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) throw corrupt(path, `it ends at byte ${offset + filled}`);
    filled += bytesRead;
  }
  return bytes;
}

function missing(path: string, cause: unknown): SluiceError {
  return new SluiceError(
    'artifact-missing',
    `There is no frame file at ${path}: run the stage that makes it, or check the path.`,
    { details: { path }, cause },
  );
}
