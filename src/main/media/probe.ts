/**
 * What ffmpeg says about a media file after it decoded the first frame. The facts serve messages and the choice of a colour
 * matrix; nothing relies on them for safety: sizes and lengths are limited where the file is decoded.
 */
import { SluiceError, isCancellation } from '#shared/errors';
import { mediaFormatOf, type MediaFormat } from './media-format';
import { fileInput, runFfmpeg } from './run-ffmpeg';

export interface MediaFacts {
  readonly format: MediaFormat;
  readonly codec: string;
  /** ffmpeg's name, such as `yuv420p`. */
  readonly pixelFormat: string;
  /** As tagged in the file, such as `bt709`; undefined where the file does not say. */
  readonly colourMatrix: string | undefined;
  /** Before rotation, in pixels as stored. */
  readonly width: number;
  readonly height: number;
  /** Undefined for pictures and where the file does not say. */
  readonly durationSec: number | undefined;
  readonly fps: number | undefined;
}

/** 8K (7680 × 4320), and nearly twice the largest frame of a pack. Larger ones would need over 200 MB a frame. */
export const mostSourcePixels = 7680 * 4320;
const limitSec = 30;

/** Options before the input that bound what a decoder may allocate, in bytes, pixels and threads. */
export const decoderLimits = [
  '-max_alloc',
  String(512 * 1024 ** 2),
  '-max_pixels',
  String(mostSourcePixels),
  '-threads',
  '2',
];

/** Throws `media-unreadable`, `media-unsupported`, `ffmpeg-missing`, the reason of `signal`. */
export async function probeMedia(ffmpegPath: string, file: string, signal: AbortSignal): Promise<MediaFacts> {
  const format = await mediaFormatOf(file);
  const oneFrame = ['-map', '0:v:0', '-map_metadata', '-1', '-frames:v', '1', '-f', 'framehash', 'pipe:1'];
  const args = [...decoderLimits, ...fileInput(format.demuxer, file), ...oneFrame];
  let hashes = '';
  const output = (chunk: Uint8Array): void => void (hashes += Buffer.from(chunk).toString('latin1'));
  const stderr = await runFfmpeg({ ffmpegPath, args, output, describe: true, limitSec, signal }).catch(
    (cause: unknown) => {
      throw unreadable(file, format, cause);
    },
  );
  const facts = parseProbe(stderr);
  const decodedOne = /^0,/m.test(hashes);
  if (facts === undefined || !decodedOne)
    throw new SluiceError(
      'media-unreadable',
      `"${file}" (${format.title}) holds no frame that can be decoded. Choose another file.`,
      { details: { file } },
    );
  return { format, ...facts };
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

/** Reads ffmpeg's description of its input (fftools, `av_dump_format`). Undefined where it shows no video stream. */
export function parseProbe(stderr: string): Omit<MediaFacts, 'format'> | undefined {
  const stream = /^ {2}Stream #0:\d+.*?: Video: (?<codec>\w+)(?<rest>.*)$/m.exec(stderr)?.groups;
  const rest = stream?.['rest'] ?? '';
  const size = /, (\d+)x(\d+)(?=[ ,\n]|$)/.exec(rest);
  if (stream === undefined || size === null) return undefined;
  const pixels = /, (\w+)(?:\(([^)]*)\))?, \d+x\d+/.exec(rest);
  const length = /^ {2}Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)/m.exec(stderr);
  const fps = /, ([\d.]+)(k?) fps\b/.exec(rest);
  return {
    codec: stream['codec'] ?? '',
    pixelFormat: pixels?.[1] ?? '',
    colourMatrix: /\b(bt709|bt470bg|smpte170m|bt2020nc|bt2020c|fcc|smpte240m|gbr|ycgco)\b/.exec(pixels?.[2] ?? '')?.[1],
    width: Number(size[1]),
    height: Number(size[2]),
    durationSec: length === null ? undefined : Number(length[1]) * 3600 + Number(length[2]) * 60 + Number(length[3]),
    fps: fps === null ? undefined : Number(fps[1]) * (fps[2] === 'k' ? 1000 : 1),
  };
}
