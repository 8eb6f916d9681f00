/**
 * The bytes of a frame file: a clip of lossless 8-bit RGB frames, seekable by frame, that cannot be mistaken for whole when it
 * is not. Knows where things lie and what makes them consistent; knows nothing of compression or of the file system.
 *
 *     header   32 bytes   magic 8, version u32, frames u32, height u32, width u32, fps f64
 *     records             one a frame, in order, nothing between them: see `compression.ts`
 *     index    8 × frames length of the record u32, its CRC-32 u32
 *     footer   80 bytes   SHA-256 of all raw RGB 32, index offset u64, SHA-256 of header, index and the 40 bytes before 32, magic 8
 *
 * Little-endian. Why this and not a known container: docs/decisions/0003-frame-files.md.
 */
import { createHash } from 'node:crypto';
import { SluiceError } from '#shared/errors';
import { sha256Schema, type Sha256 } from '#shared/units';

/** Shape of the clip in a frame file. */
export interface FrameFileShape {
  readonly frames: number;
  /** Pixels. */
  readonly height: number;
  readonly width: number;
  /** Frames per second. */
  readonly fps: number;
}

/** Where one compressed frame lies in the file, in bytes. */
export interface FrameRecord {
  readonly offset: number;
  readonly length: number;
  readonly crc32: number;
}

export const headerBytes = 32;
export const indexEntryBytes = 8;
export const footerBytes = 80;

const version = 1;
/** As in PNG (section 5.2): a byte above 127, CR LF, end-of-file and LF show up transfers that alter text. */
const headMagic = Buffer.from([0x89, 0x53, 0x4c, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]);
const tailMagic = Buffer.from('SLFwhole', 'latin1');

const mostFrames = 1 << 20;
const longestSide = 8192;
const mostPixels = 4096 * 4096;

/** Bytes of one raw frame. */
export function frameBytes(shape: FrameFileShape): number {
  return shape.height * shape.width * 3;
}

/** Throws `invalid-argument` for a shape that a frame file cannot hold. */
export function checkShape(shape: FrameFileShape): void {
  const { frames, height, width, fps } = shape;
  const fits =
    isCount(frames, mostFrames) &&
    isCount(height, longestSide) &&
    isCount(width, longestSide) &&
    height * width <= mostPixels &&
    Number.isFinite(fps) &&
    fps > 0;
  if (!fits)
    throw new SluiceError(
      'invalid-argument',
      `A frame file cannot hold ${frames} frames of ${width}×${height} at ${fps} frames per second: give whole numbers up to ${mostFrames} frames, ${longestSide} pixels a side and ${mostPixels} pixels a frame, and a positive rate.`,
      { details: { frames, height, width, fps } },
    );
}

export function encodeHeader(shape: FrameFileShape): Buffer {
  const header = Buffer.alloc(headerBytes);
  headMagic.copy(header);
  header.writeUInt32LE(version, 8);
  header.writeUInt32LE(shape.frames, 12);
  header.writeUInt32LE(shape.height, 16);
  header.writeUInt32LE(shape.width, 20);
  header.writeDoubleLE(shape.fps, 24);
  return header;
}

/** Throws `artifact-corrupt`. */
export function decodeHeader(header: Buffer, path: string): FrameFileShape {
  if (header.length < headerBytes || !header.subarray(0, 8).equals(headMagic))
    throw corrupt(path, 'it does not begin like a frame file');
  const found = header.readUInt32LE(8);
  if (found !== version) throw corrupt(path, `its format version is ${found}, this program reads ${version}`);
  const shape = {
    frames: header.readUInt32LE(12),
    height: header.readUInt32LE(16),
    width: header.readUInt32LE(20),
    fps: header.readDoubleLE(24),
  };
  try {
    checkShape(shape);
  } catch (cause) {
    throw corrupt(path, 'its header describes an impossible clip', cause);
  }
  return shape;
}

export function encodeIndex(records: readonly FrameRecord[]): Buffer {
  const index = Buffer.alloc(records.length * indexEntryBytes);
  records.forEach((record, i) => {
    index.writeUInt32LE(record.length, i * indexEntryBytes);
    index.writeUInt32LE(record.crc32, i * indexEntryBytes + 4);
  });
  return index;
}

export function encodeFooter(header: Buffer, index: Buffer, indexOffset: number, framesSha256: Sha256): Buffer {
  const footer = Buffer.alloc(footerBytes);
  footer.write(framesSha256, 0, 'hex');
  footer.writeBigUInt64LE(BigInt(indexOffset), 32);
  directoryHash(header, index, footer).copy(footer, 40);
  tailMagic.copy(footer, 72);
  return footer;
}

/** Checks everything but the records themselves, whose checksums it returns. Throws `artifact-corrupt`. */
export function decodeDirectory(
  path: string,
  header: Buffer,
  index: Buffer,
  footer: Buffer,
): { readonly records: readonly FrameRecord[]; readonly framesSha256: Sha256 } {
  if (!footer.subarray(72).equals(tailMagic)) throw corrupt(path, 'its end is missing');
  if (!footer.subarray(40, 72).equals(directoryHash(header, index, footer)))
    throw corrupt(path, 'its header, index and footer do not belong together');
  const records: FrameRecord[] = [];
  let offset = headerBytes;
  for (let at = 0; at < index.length; at += indexEntryBytes) {
    const length = index.readUInt32LE(at);
    records.push({ offset, length, crc32: index.readUInt32LE(at + 4) });
    offset += length;
  }
  if (BigInt(offset) !== footer.readBigUInt64LE(32)) throw corrupt(path, 'its index does not match its length');
  return { records, framesSha256: sha256Schema.parse(footer.toString('hex', 0, 32)) };
}

/** The error of every damaged frame file. */
export function corrupt(path: string, what: string, cause?: unknown): SluiceError {
  return new SluiceError(
    'artifact-corrupt',
    `The frame file ${path} is damaged: ${what}. Remove it; the stage that made it can be run again.`,
    { details: { path }, cause },
  );
}

function directoryHash(header: Buffer, index: Buffer, footer: Buffer): Buffer {
  return createHash('sha256').update(header).update(index).update(footer.subarray(0, 40)).digest();
}

function isCount(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}
