/** The ffmpeg arguments that make films and strips for looking at clips. Pure. */
import type { FrameFileShape } from '#frames/layout';
import { stripColumns } from '#shared/studio/media-url';

/** Clips smaller than this are enlarged by whole pixels, so that players show them sharp and halved colour does not blur them. */
const leastFilmHeight = 384;
const exact = 'flags=bicubic+accurate_rnd+full_chroma_int';

/** Short groups without B-frames: seeking took 23–50 ms with `-g 12 -bf 0`, up to 1.6 s without (measured). */
export function filmArguments(shape: FrameFileShape, output: string): readonly string[] {
  const factor = Math.max(1, Math.floor(leastFilmHeight / shape.height));
  const filters = [
    ...(factor > 1 ? [`scale=iw*${factor}:ih*${factor}:flags=neighbor`] : []),
    'pad=ceil(iw/2)*2:ceil(ih/2)*2',
    `scale=out_color_matrix=bt709:out_range=tv:${exact}`,
    'format=yuv420p',
    'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709',
  ];
  const tags = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];
  const encoder = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '16', '-g', '12', '-bf', '0', '-threads', '2'];
  return [
    ...rawFrames(shape),
    ...['-vf', filters.join(',')],
    ...['-map_metadata', '-1', ...encoder, ...tags],
    ...['-movflags', '+faststart', '-f', 'mp4', '-y', `file:${output}`],
  ];
}

/** @param shape of the frames that are sent: `frames` of them, all of which get into the strip */
export function stripArguments(shape: FrameFileShape, height: number, output: string): readonly string[] {
  const rows = Math.ceil(shape.frames / stripColumns);
  const scale = height < shape.height ? [`scale=-2:${height}:flags=area`] : [];
  return [
    ...rawFrames(shape),
    ...['-vf', [...scale, `tile=${Math.min(stripColumns, shape.frames)}x${rows}`, 'format=rgb24'].join(',')],
    ...['-frames:v', '1', '-c:v', 'png', '-f', 'image2', '-update', '1', '-y', `file:${output}`],
  ];
}

function rawFrames({ width, height, fps }: FrameFileShape): readonly string[] {
  const size = ['-video_size', `${width}x${height}`, '-framerate', String(fps)];
  return ['-f', 'rawvideo', '-pix_fmt', 'rgb24', ...size, '-i', 'pipe:0'];
}
