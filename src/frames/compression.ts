/**
 * How one frame becomes a record and back: each byte less the same channel of the pixel to its left (PNG's filter "Sub", PNG
 * section 9.2, run on across row ends), then raw deflate that only looks for runs, or where there are none for nothing (`Z_RLE`,
 * `Z_HUFFMAN_ONLY`).
 *
 * Measured against five other predictors and four strategies on drawn and on noisy frames: docs/decisions/0003-frame-files.md.
 * Deflate runs on Node's thread pool, so several frames at once; the predictor runs here, at 0.9 GB/s and more.
 */
import { constants, deflateRaw, inflateRaw } from 'node:zlib';

/** Frames in flight at once: Node's thread pool has four threads unless told otherwise. */
export const framesInFlight = 4;

/**
 * Share of flat pixels from which looking for runs pays: they take an eighth of their size without, next to nothing with it,
 * while noise grows by up to 1.6 % of its size and takes half as long again (measured, decision 0003).
 */
const leastFlatShare = 1 / 8;

/** `frame`: `[H, W, 3]`, copied before this returns, so the caller may reuse it at once. */
export function compressFrame(frame: Uint8Array): Promise<Buffer> {
  const filtered = Uint8Array.from(frame);
  const zeroWords = subtractLeft(filtered);
  const options = {
    level: constants.Z_BEST_SPEED,
    strategy: zeroWords * 4 > filtered.length * leastFlatShare ? constants.Z_RLE : constants.Z_HUFFMAN_ONLY,
    memLevel: constants.Z_MAX_MEMLEVEL,
    chunkSize: chunkFor(filtered.length),
  };
  return new Promise((resolve, reject) => {
    deflateRaw(filtered, options, (error, record) => {
      if (error === null) resolve(record);
      else reject(error);
    });
  });
}

/** Writes the frame into `target` (`[H, W, 3]`). Rejects when the record is not exactly one frame. */
export async function decompressFrame(record: Buffer, target: Uint8Array): Promise<void> {
  const options = { maxOutputLength: target.length, chunkSize: chunkFor(target.length) };
  const filtered = await new Promise<Buffer>((resolve, reject) => {
    inflateRaw(record, options, (error, bytes) => {
      if (error === null) resolve(bytes);
      else reject(error);
    });
  });
  if (filtered.length !== target.length)
    throw new RangeError(`the record holds ${filtered.length} bytes instead of ${target.length}`);
  addLeft(filtered, target);
}

/** One trip to the thread pool a frame: room for all its output at once, also where noise makes it longer than the input. */
function chunkFor(length: number): number {
  return length + (length >> 8) + 1024;
}

/**
 * In place, four bytes at a time: a subtraction of each byte of a word without borrows between them (Warren, Hacker's Delight,
 * section 2-18). Little-endian, as every machine that Node supports for desktops is.
 *
 * @returns how many of the words became 0
 */
export function subtractLeft(bytes: Uint8Array<ArrayBuffer>): number {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
  let before = 0;
  let zeroWords = 0;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? 0;
    const left = (word << 24) | (before >>> 8);
    const difference = ((word | 0x80808080) - (left & 0x7f7f7f7f)) ^ ((word ^ ~left) & 0x80808080);
    words[i] = difference;
    if (difference === 0) zeroWords += 1;
    before = word;
  }
  const tail = words.length * 4;
  const leftOfTail = [before >>> 8, before >>> 16, before >>> 24];
  for (let i = tail; i < bytes.length; i += 1) bytes[i] = (bytes[i] ?? 0) - (leftOfTail[i - tail] ?? 0);
  return zeroWords;
}

/** Undoes `subtractLeft`; `target` may be any view of the same length, a multiple of 3. */
export function addLeft(filtered: Uint8Array, target: Uint8Array): void {
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let i = 0; i < filtered.length; i += 3) {
    red = (red + (filtered[i] ?? 0)) & 255;
    green = (green + (filtered[i + 1] ?? 0)) & 255;
    blue = (blue + (filtered[i + 2] ?? 0)) & 255;
    target[i] = red;
    target[i + 1] = green;
    target[i + 2] = blue;
  }
}
