/**
 * Which demuxer a file is for, from its first bytes and never from its name: ffmpeg is told, not asked, so a playlist or a
 * script that calls itself clip.mp4 is refused before ffmpeg sees it. Formats that refer to other files are not in the table.
 */
import { open, stat } from 'node:fs/promises';
import { SluiceError } from '#shared/errors';

export interface MediaFormat {
  /** Name for people. */
  readonly title: string;
  /** ffmpeg's name, for `-f`. */
  readonly demuxer: string;
  /** `video`: a container, which may hold sound alone. */
  readonly kind: 'picture' | 'video' | 'sound';
}

interface Signature extends MediaFormat {
  readonly bytes: readonly { readonly at: number; readonly text: string }[];
}

/** Enough to see three packets of an MPEG transport stream. */
const headBytes = 2 * 188 + 1;

/** Latin-1 text of the bytes that tell a format; from the formats' specifications. */
const signatures: readonly Signature[] = [
  ...['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip'].map((atom): Signature => ({
    title: 'MP4 or QuickTime',
    demuxer: 'mov',
    kind: 'video',
    bytes: [{ at: 4, text: atom }],
  })),
  { title: 'Matroska or WebM', demuxer: 'matroska', kind: 'video', bytes: [{ at: 0, text: '\x1A\x45\xDF\xA3' }] },
  riff('AVI', 'avi', 'video', 'AVI '),
  riff('WebP', 'webp_pipe', 'picture', 'WEBP'),
  { title: 'Ogg', demuxer: 'ogg', kind: 'video', bytes: [{ at: 0, text: 'OggS' }] },
  { title: 'Flash Video', demuxer: 'flv', kind: 'video', bytes: [{ at: 0, text: 'FLV\x01' }] },
  { title: 'MPEG program stream', demuxer: 'mpeg', kind: 'video', bytes: [{ at: 0, text: '\x00\x00\x01\xBA' }] },
  {
    title: 'MPEG transport stream',
    demuxer: 'mpegts',
    kind: 'video',
    bytes: [0, 188, 376].map((at) => ({ at, text: 'G' })),
  },
  { title: 'GIF', demuxer: 'gif', kind: 'video', bytes: [{ at: 0, text: 'GIF8' }] },
  { title: 'PNG', demuxer: 'png_pipe', kind: 'picture', bytes: [{ at: 0, text: '\x89PNG\r\n\x1A\n' }] },
  { title: 'JPEG', demuxer: 'jpeg_pipe', kind: 'picture', bytes: [{ at: 0, text: '\xFF\xD8\xFF' }] },
  { title: 'TIFF', demuxer: 'tiff_pipe', kind: 'picture', bytes: [{ at: 0, text: 'II*\x00' }] },
  { title: 'TIFF', demuxer: 'tiff_pipe', kind: 'picture', bytes: [{ at: 0, text: 'MM\x00*' }] },
  riff('WAV', 'wav', 'sound', 'WAVE'),
  { title: 'WAV', demuxer: 'wav', kind: 'sound', bytes: [{ at: 0, text: 'RF64' }] },
  { title: 'FLAC', demuxer: 'flac', kind: 'sound', bytes: [{ at: 0, text: 'fLaC' }] },
  {
    title: 'AIFF',
    demuxer: 'aiff',
    kind: 'sound',
    bytes: [
      { at: 0, text: 'FORM' },
      { at: 8, text: 'AIF' },
    ],
  },
  ...['\xFF\xF1', '\xFF\xF9'].map((text) => frames('AAC', 'aac', text)),
  ...['\xFF\xFB', '\xFF\xFA', '\xFF\xF3', '\xFF\xF2', '\xFF\xE3'].map((text) => frames('MP3', 'mp3', text)),
];

/** Sound without a container: it begins with the header of its first frame. */
function frames(title: string, demuxer: string, text: string): Signature {
  return { title, demuxer, kind: 'sound', bytes: [{ at: 0, text }] };
}

function riff(title: string, demuxer: string, kind: MediaFormat['kind'], text: string): Signature {
  return {
    title,
    demuxer,
    kind,
    bytes: [
      { at: 0, text: 'RIFF' },
      { at: 8, text },
    ],
  };
}

/** Throws `media-unreadable` for what cannot be opened or is empty, `media-unsupported` for what is in none of the formats. */
export async function mediaFormatOf(file: string): Promise<MediaFormat> {
  const head = await readHead(file);
  if (head.length === 0)
    throw new SluiceError('media-unreadable', `"${file}" is empty (0 bytes). Choose another file.`, {
      details: { file },
    });
  const tagBytes = tagLength(head);
  const found = tagBytes === undefined ? formatOf(head) : (formatOf(await readHead(file, tagBytes)) ?? mp3);
  if (found !== undefined) return { title: found.title, demuxer: found.demuxer, kind: found.kind };
  const known = [...new Set(signatures.map(({ title }) => title))].join(', ');
  throw new SluiceError(
    'media-unsupported',
    `"${file}" is neither video, picture nor sound that Sluice reads (${known}). Convert it first.`,
    {
      details: { file },
    },
  );
}

function formatOf(head: Buffer): MediaFormat | undefined {
  const text = head.toString('latin1');
  return signatures.find(({ bytes }) => bytes.every((part) => text.startsWith(part.text, part.at)));
}

const mp3: MediaFormat = { title: 'MP3', demuxer: 'mp3', kind: 'sound' };

/** Bytes of the ID3 tag that sound may begin with (ID3v2.4, section 3.1: four bytes of seven bits); undefined: there is none. */
function tagLength(head: Buffer): number | undefined {
  if (!head.toString('latin1').startsWith('ID3') || head.length < 10) return undefined;
  return 10 + head.subarray(6, 10).reduce((length, byte) => length * 128 + (byte & 0x7f), 0);
}

/** Whether `file` begins like a frame file of ours (src/frames/layout.ts). Throws `media-unreadable`. */
export async function isFrameFile(file: string): Promise<boolean> {
  return (await readHead(file)).toString('latin1').startsWith('\x89SLF\r\n\x1A\n');
}

async function readHead(file: string, from = 0): Promise<Buffer> {
  try {
    // Before opening it: a named pipe would be waited for.
    if (!(await stat(file)).isFile()) throw new Error('it is not a regular file');
    await using handle = await open(file, 'r');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, from);
    return buffer.subarray(0, bytesRead);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SluiceError('media-unreadable', `"${file}" cannot be read: ${why}. Check the name and its permissions.`, {
      details: { file },
      cause,
    });
  }
}
