/** Writes zip files for tests, whole ones and hostile ones (APPNOTE.TXT 4.3: local headers, central directory, end record). */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Stored where absent; `deflated` really is, any other number is only written into the headers. */
  readonly method?: 'deflated' | number;
  /** Unix mode, file type included. */
  readonly mode?: number;
  readonly flags?: number;
  /** What the headers say instead of the truth. */
  readonly claimedSize?: number;
  /** Uses the local header, and so the bytes, of the entry of this index. */
  readonly sharesBytesOf?: number;
}

const plainFile = 0o100644;
const madeOnUnix = (3 << 8) | 20;
const utf8Flag = 0x800;

export function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const data = entry.method === 'deflated' ? deflateRawSync(entry.bytes) : Buffer.from(entry.bytes);
    const common = commonHeader(entry, name.length, data.length);
    const at = entry.sharesBytesOf === undefined ? offset : offsets[entry.sharesBytesOf]!;
    offsets.push(at);
    if (entry.sharesBytesOf === undefined) {
      const local = Buffer.concat([u32(0x04034b50), common, name, data]);
      locals.push(local);
      offset += local.length;
    }
    const attributes = u32(((entry.mode ?? plainFile) << 16) >>> 0);
    centrals.push(
      Buffer.concat([u32(0x02014b50), u16(madeOnUnix), common, u16(0), u16(0), u16(0), attributes, u32(at), name]),
    );
  }
  const directory = Buffer.concat(centrals);
  const end = [
    u32(0x06054b50),
    u16(0),
    u16(0),
    u16(entries.length),
    u16(entries.length),
    u32(directory.length),
    u32(offset),
    u16(0),
  ];
  return Buffer.concat([...locals, directory, ...end]);
}

/** What local and central headers share: version to uncompressed size, lengths of name and extra field. */
function commonHeader(entry: ZipEntry, nameLength: number, dataLength: number): Buffer {
  return Buffer.concat([
    u16(20),
    u16((entry.flags ?? 0) | utf8Flag),
    u16(entry.method === 'deflated' ? 8 : (entry.method ?? 0)),
    u32(0),
    u32(crc32(entry.bytes)),
    u32(dataLength),
    u32(entry.claimedSize ?? entry.bytes.length),
    u16(nameLength),
    u16(0),
  ]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
