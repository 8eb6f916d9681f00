/**
 * Makes of a video what the studio plays and scrubs: a film of every frame of its grid, small and quick to seek, and sheets of pictures for
 * film strips. One pass, so that the file is decoded once.
 */
import path from 'node:path';
import type { FrameRate } from '#shared/project/time';
import { sheetFrames, stripStep } from '#shared/studio/media-imported';
import type { Size } from '#shared/units';
import { colourMatrix, type MediaFile } from './decode-frames';
import { FfmpegProgressParser } from './ffmpeg-progress';
import { gridFilters, gridSeek } from './frame-grid';
import { decoderLimits, unreadable, undecodable } from './probe';
import { fileInput, runFfmpeg } from './run-ffmpeg';
import { toSdrAt } from './tone-mapping';

export const filmName = 'film.mp4';

export interface FilmShape {
  readonly frames: number;
  readonly frameRate: FrameRate;
}

/** A project's usual picture; what is larger is made smaller, the other way round never. */
const largestFilm: Size = { width: 1280, height: 768 };
/** Twice as high as a track, for sharp screens. */
const largestPicture: Size = { width: 256, height: 88 };
/** The slowest machine that is still of use makes four frames of 8K in a second. */
const limitSecPerFrame = 0.25;
const leastLimitSec = 600;

/**
 * Writes into `folder`. `onProgress`: share made, 0 to 1. Throws `media-unreadable`, `ffmpeg-missing`, `disk-full`, `disk-read-only`, the
 * reason of `signal`.
 */
export async function makeFilm(
  { ffmpegPath, file, streams }: MediaFile,
  { frames, frameRate }: FilmShape,
  folder: string,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { picture, format } = streams;
  if (picture === undefined) throw undecodable(file, format, 'no frame that can be decoded');
  const stretch = { frameRate, fromFrame: 0, toFrame: frames };
  const colours = `in_color_matrix=${colourMatrix(streams)}:out_color_matrix=bt709:out_range=tv`;
  const size = within(picture.shown, largestFilm);
  const graph = [
    `[0:V:0]${[...gridFilters(stretch), ...toSdrAt(size, picture.toSdr)].join(',')},split[whole][some]`,
    `[whole]${sized(size)}:${colours},format=yuv420p,setsar=1[film]`,
    `[some]framestep=${stripStep(frames)},${sized(within(picture.shown, largestPicture))},setsar=1,tile=${sheetFrames}x1[strip]`,
  ].join(';');
  const progress = new FfmpegProgressParser();
  await runFfmpeg({
    ffmpegPath,
    args: [
      ...decoderLimits,
      ...gridSeek(stretch),
      ...fileInput(format.demuxer, path.resolve(file)),
      ...['-filter_complex', graph, '-progress', 'pipe:1'],
      ...['-map', '[film]', ...encoder, `file:${filmName}`],
      ...[
        '-map',
        '[strip]',
        '-map_metadata',
        '-1',
        '-q:v',
        '4',
        '-start_number',
        '0',
        '-f',
        'image2',
        'file:strip-%d.jpg',
      ],
    ],
    directory: folder,
    output: (chunk) => {
      for (const { frame } of progress.push(Buffer.from(chunk).toString('latin1')))
        onProgress(Math.min(1, frame / frames));
    },
    limitSec: leastLimitSec + limitSecPerFrame * frames,
    isPatient: true,
    signal,
  }).catch((cause: unknown) => {
    throw unreadable(file, format, cause);
  });
}

/** Short groups without B-frames: seeking takes 23–50 ms instead of up to 1.6 s. */
const encoder = [
  ...['-map_metadata', '-1', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-g', '12', '-bf', '0'],
  ...[
    '-threads',
    '2',
    '-colorspace',
    'bt709',
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
    '-color_range',
    'tv',
  ],
  ...['-movflags', '+faststart', '-f', 'mp4'],
];

function sized({ width, height }: Size): string {
  return `scale=${width}:${height}:flags=bicubic`;
}

/** As large as it fits, in even numbers, which 4:2:0 needs. */
function within(shown: Size, most: Size): Size {
  const scale = Math.min(1, most.width / shown.width, most.height / shown.height);
  const even = (side: number): number => Math.max(2, 2 * Math.round((side * scale) / 2));
  return { width: even(shown.width), height: even(shown.height) };
}
