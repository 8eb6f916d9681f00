/**
 * What ffmpeg says about a media file after it decoded the first frame of its picture and of its sound. The facts serve messages, the
 * choice of a colour matrix and the size that is shown; nothing relies on them for safety: sizes and lengths are limited where the
 * file is decoded.
 */
import { SluiceError, isCancellation } from '#shared/errors';
import type { Size } from '#shared/units';
import { mediaFormatOf, type MediaFormat } from './media-format';
import { fileInput, runFfmpeg } from './run-ffmpeg';
import { keptBits, sampleBits } from './sample-bits';
import { toSdrFilters } from './tone-mapping';

export interface PictureFacts {
  readonly codec: string;
  /** ffmpeg's name, such as `yuv420p`. */
  readonly pixelFormat: string;
  /** Of a sample; 8 where there are fewer. */
  readonly bits: number;
  /** As tagged in the file, such as `bt709`; undefined where the file does not say. */
  readonly colourMatrix: string | undefined;
  /** As tagged, such as `bt2020` and `smpte2084`. */
  readonly primaries: string | undefined;
  readonly transfer: string | undefined;
  /** Before rotation, in pixels as stored. */
  readonly width: number;
  readonly height: number;
  /** Undefined for pictures and where the file does not say. */
  readonly durationSec: number | undefined;
  readonly fps: number | undefined;
}

/** What decoded frames of it go through. */
export interface DecodedPicture extends PictureFacts {
  /** Turned upright, with square pixels. */
  readonly shown: Size;
  /** Filters that make BT.709 of high dynamic range. */
  readonly toSdr: readonly string[];
}

export interface MediaFacts extends DecodedPicture {
  readonly format: MediaFormat;
}

/** What of a file can be seen and heard: what was decoded, not what was announced. */
export interface MediaStreams {
  readonly format: MediaFormat;
  readonly picture: DecodedPicture | undefined;
  readonly sound: { readonly sampleRate: number; readonly channels: 'mono' | 'more' } | undefined;
}

/** 8K (7680 × 4320), and nearly twice the largest frame of a pack. Larger ones would need over 200 MB a frame. */
export const mostSourcePixels = 7680 * 4320;
const limitSec = 30;
/** Pixels that are longer or higher than that are a mistake in the file. */
const longestPixel = 4;

/** Options before the input that bound what a decoder may allocate, in bytes, pixels and threads. */
export const decoderLimits = [
  '-max_alloc',
  String(512 * 1024 ** 2),
  '-max_pixels',
  String(mostSourcePixels),
  '-threads',
  '2',
];

/** The first video stream that is no cover of a sound file, and the first of sound; each, where it is there. */
export const pictureStream = '0:V:0?';
export const soundStream = '0:a:0?';

/** Of a file with pictures. Throws `media-unreadable`, `media-unsupported`, `ffmpeg-missing`, the reason of `signal`. */
export async function probeMedia(ffmpegPath: string, file: string, signal: AbortSignal): Promise<MediaFacts> {
  const { format, picture } = await probeStreams(ffmpegPath, file, signal);
  if (picture !== undefined) return { format, ...picture };
  throw undecodable(file, format, 'no frame that can be decoded');
}

/** Throws as `probeMedia` does; sound alone is enough here. */
export async function probeStreams(ffmpegPath: string, file: string, signal: AbortSignal): Promise<MediaStreams> {
  const format = await mediaFormatOf(file);
  const firstOfEach = ['-map', pictureStream, '-map', soundStream, '-frames:v', '1', '-frames:a', '1'];
  const output = ['-map_metadata', '-1', '-f', 'framehash', 'pipe:1'];
  const args = [...decoderLimits, ...fileInput(format.demuxer, file), ...firstOfEach, ...output];
  let hashes = '';
  const stderr = await runFfmpeg({
    ...{ ffmpegPath, args, describe: true, limitSec, signal },
    output: (chunk) => void (hashes += Buffer.from(chunk).toString('latin1')),
  }).catch((cause: unknown) => {
    throw unreadable(file, format, cause);
  });
  const described = parseProbe(stderr);
  const shown = shownSize(hashes);
  const sound = soundOf(hashes);
  if ((described === undefined) !== (shown === undefined) || (shown === undefined && sound === undefined))
    throw undecodable(
      file,
      format,
      described === undefined ? 'nothing that can be decoded' : 'no frame that can be decoded',
    );
  if (described === undefined || shown === undefined) return { format, picture: undefined, sound };
  const toSdr = format.kind === 'video' ? await toSdrFilters(ffmpegPath, described) : [];
  return { format, picture: { ...described, shown, toSdr }, sound };
}

export function undecodable(file: string, { title }: MediaFormat, what: string): SluiceError {
  return new SluiceError('media-unreadable', `"${file}" (${title}) holds ${what}. Choose another file.`, {
    details: { file },
  });
}

/** Turns a failure of ffmpeg on an input into one about the file; other errors and cancellation pass. */
export function unreadable(file: string, format: MediaFormat, cause: unknown): unknown {
  if (isCancellation(cause) || !(cause instanceof SluiceError) || cause.code !== 'ffmpeg-failed') return cause;
  const why = cause.details['stderr'] ?? cause.message;
  return new SluiceError(
    'media-unreadable',
    `"${file}" (${format.title}) cannot be decoded; it may be damaged, cut short or too large: ${why}`,
    {
      details: { file },
      cause,
    },
  );
}

/** Reads ffmpeg's description of its input (fftools, `av_dump_format`). Undefined where it shows no video but covers. */
export function parseProbe(stderr: string): PictureFacts | undefined {
  const streams = stderr.matchAll(/^ {2}Stream #0:\d+.*?: Video: (?<codec>\w+)(?<rest>.*)$/gm);
  const stream = [...streams]
    .map(({ groups }) => groups)
    .find((groups) => !groups?.['rest']?.includes('(attached pic)'));
  const rest = stream?.['rest'] ?? '';
  const size = /, (\d+)x(\d+)(?=[ ,\n]|$)/.exec(rest);
  if (stream === undefined || size === null) return undefined;
  const pixels = /, (\w+)(?:\(([^)]*)\))?, \d+x\d+/.exec(rest);
  const length = /^ {2}Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)/m.exec(stderr);
  const fps = /, ([\d.]+)(k?) fps\b/.exec(rest);
  return {
    codec: stream['codec'] ?? '',
    pixelFormat: pixels?.[1] ?? '',
    bits: bitsOf(pixels?.[1] ?? '', pixels?.[2] ?? ''),
    ...coloursOf(pixels?.[2] ?? ''),
    width: Number(size[1]),
    height: Number(size[2]),
    durationSec: length === null ? undefined : Number(length[1]) * 3600 + Number(length[2]) * 60 + Number(length[3]),
    fps: fps === null ? undefined : Number(fps[1]) * (fps[2] === 'k' ? 1000 : 1),
  };
}

/** ffmpeg says "10 bpc" where a format of 16 bits holds 10. */
function bitsOf(pixelFormat: string, words: string): number {
  const said = /\b(\d+) bpc\b/.exec(words)?.[1];
  return said === undefined ? sampleBits(pixelFormat) : Math.max(keptBits, Number(said));
}

/** As in `tv, bt2020nc/bt2020/smpte2084, progressive`; one word where all three are the same. What nobody said is unknown. */
function coloursOf(words: string): Pick<PictureFacts, 'colourMatrix' | 'primaries' | 'transfer'> {
  const three = /([\w-]+)\/([\w-]+)\/([\w-]+)/.exec(words);
  const one = /\b(bt709|bt470bg|smpte170m|bt2020nc|bt2020c|fcc|smpte240m|gbr|ycgco)\b/.exec(words)?.[1];
  const [colourMatrix, primaries, transfer] = (three?.slice(1) ?? [one, one, one]).map((word) =>
    word === 'unknown' || word === 'reserved' ? undefined : word,
  );
  return { colourMatrix, primaries, transfer };
}

/** From the header that ffmpeg writes before hashes of decoded frames (libavformat, framehash), if there is a hash of a picture. */
export function shownSize(hashes: string): Size | undefined {
  const [, stream, width, height] = /^#dimensions (\d+): (\d+)x(\d+)$/m.exec(hashes) ?? [];
  if (stream === undefined || !decodedOne(hashes, stream)) return undefined;
  const [, num, den] = new RegExp(`^#sar ${stream}: (\\d+)/(\\d+)$`, 'm').exec(hashes) ?? [];
  const said = Number(num) / Number(den);
  const aspect = said >= 1 / longestPixel && said <= longestPixel ? said : 1;
  return { width: Math.max(1, Math.round(Number(width) * aspect)), height: Number(height) };
}

function soundOf(hashes: string): MediaStreams['sound'] {
  const [, stream, sampleRate] = /^#sample_rate (\d+): (\d+)$/m.exec(hashes) ?? [];
  if (stream === undefined || !decodedOne(hashes, stream)) return undefined;
  const isMono = new RegExp(`^#channel_layout_name ${stream}: (mono|1 channels.*)$`, 'm').test(hashes);
  return { sampleRate: Number(sampleRate), channels: isMono ? 'mono' : 'more' };
}

function decodedOne(hashes: string, stream: string): boolean {
  return new RegExp(`^${stream},`, 'm').test(hashes);
}
