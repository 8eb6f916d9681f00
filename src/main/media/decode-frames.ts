/**
 * The frames of imported media as raw pixels, straight from the user's file: what an export shows, and what the viewer shows of a
 * frame that stands still. Both ask here, so they agree.
 */
import type { FrameRate } from '#shared/project/time';
import type { Size } from '#shared/units';
import { ffmpegOutput, inPieces } from './ffmpeg-output';
import { gridFilters, gridSeek } from './frame-grid';
import { decoderLimits, pictureStream, undecodable, unreadable, type MediaStreams } from './probe';
import { fileInput } from './run-ffmpeg';
import { toSdrAt } from './tone-mapping';

export interface MediaFile {
  readonly ffmpegPath: string;
  readonly file: string;
  readonly streams: MediaStreams;
}

export interface FrameRequest {
  /** Of the project's media; absent: a still, of which one frame is given. */
  readonly stretch?: {
    readonly frameRate: FrameRate;
    /** On the media's own grid; from `fromFrame` up to, not including, `toFrame`. */
    readonly fromFrame: number;
    readonly toFrame: number;
  };
  /** Stretched to this size. */
  readonly size: Size;
  /** `rgba`: with straight alpha, 255 where the file has none. Video has none that is kept. */
  readonly pixels: 'rgb24' | 'rgba';
}

/** Whoever takes them may be slow; a frame of 8K takes a second to decode. */
const limitSecPerFrame = 20;
const leastLimitSec = 60;

/**
 * Frames one by one, each `[height, width, 3 or 4]` and the taker's own. A video gives as many as were asked for: its last one again where it
 * is shorter. Throws `media-unreadable`, `ffmpeg-missing`, the reason of `signal`.
 */
export async function* decodeFrames(
  { ffmpegPath, file, streams }: MediaFile,
  { stretch, size, pixels }: FrameRequest,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const { format, picture } = streams;
  const count = stretch === undefined ? 1 : stretch.toFrame - stretch.fromFrame;
  if (picture === undefined || count < 1) return;
  const filters = [...(stretch === undefined ? [] : gridFilters(stretch)), ...toPixels(streams, size, pixels)];
  const args = [
    ...decoderLimits,
    ...(stretch === undefined ? [] : gridSeek(stretch)),
    ...fileInput(format.demuxer, file),
    ...['-map', pictureStream, '-vf', filters.join(','), '-frames:v', String(count)],
    ...['-f', 'rawvideo', 'pipe:1'],
  ];
  const limitSec = leastLimitSec + limitSecPerFrame * count;
  let given = 0;
  try {
    const bytes = size.width * size.height * (pixels === 'rgba' ? 4 : 3);
    for await (const frame of inPieces(ffmpegOutput({ ffmpegPath, args, limitSec, signal }), bytes)) {
      given += 1;
      yield frame;
    }
  } catch (error) {
    throw unreadable(file, format, error);
  }
  if (given < count) throw undecodable(file, format, `no frame from ${stretch?.fromFrame ?? 0} on`);
}

/** Filters from what was decoded to RGB of a size. */
export function toPixels(streams: MediaStreams, { width, height }: Size, pixels: 'rgb24' | 'rgba'): readonly string[] {
  const quality = 'flags=bicubic+accurate_rnd+full_chroma_int';
  const colours = `in_color_matrix=${colourMatrix(streams)}:out_range=pc`;
  const { toSdr = [] } = streams.picture ?? {};
  return [...toSdrAt({ width, height }, toSdr), `scale=${width}:${height}:${quality}:${colours}`, `format=${pixels}`];
}

/** Untagged video is BT.709 from 720 lines on and BT.601 below, as players assume, and pictures are BT.601; swscale would take that for all. */
export function colourMatrix({ format, picture }: Pick<MediaStreams, 'format' | 'picture'>): string {
  if (picture?.colourMatrix !== undefined || (picture?.toSdr.length ?? 0) > 0) return 'auto';
  return format.kind === 'video' && (picture?.height ?? 0) >= 720 ? 'bt709' : 'bt601';
}
