/**
 * An RGB or RGBA picture as PNG (W3C PNG, third edition: sections 5, 9, 10), lossless and without guesses about colour. Rows are stored as they are
 * and compressed off this thread; for looking at one frame that is small enough.
 */
import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const compress = promisify(deflate);
const fast = 3;

/** Colour types of PNG (section 11.2.1) by channels: truecolour, and with alpha. */
const colourTypes = { 3: 2, 4: 6 } as const;

/** @param pixels `[height, width, channels]`; alpha straight */
export async function encodePng(
  pixels: Uint8Array,
  height: number,
  width: number,
  channels: keyof typeof colourTypes = 3,
): Promise<Buffer> {
  const stride = width * channels;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let row = 0; row < height; row += 1)
    rows.set(pixels.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const bitsPerSample = 8;
  header.set([bitsPerSample, colourTypes[channels], 0, 0, 0], 8);
  const compressed = await compress(rows, { level: fast });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', compressed), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.byteLength);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
