/** The ffmpeg arguments of a preset. Pure: from a preset and a clip's shape to words. */
import type { ExportQuality } from '#shared/studio/exports';
import { soundRate } from '#shared/studio/media-imported';
import { pictureName, type ExportPreset } from './presets';

export interface RawVideo {
  /** Pixels. */
  readonly height: number;
  readonly width: number;
  /** Frames per second. */
  readonly fps: number;
}

/** Output names are relative to the folder that ffmpeg runs in. */
export interface EncodeNames {
  readonly output: string;
  /** A metadata text (`recipe-metadata.ts`); absent: none is embedded. */
  readonly metadata?: string;
  /** The picture of 256 colours that `paletteArguments` made. */
  readonly palette?: string;
  /** Interleaved signed 16-bit stereo at `soundRate`. */
  readonly sound?: string;
}

/** Swscale's exact paths: without them flat colours come back up to 2 instead of 1 code values off (measured, lossless H.264). */
const exact = 'flags=bicubic+accurate_rnd+full_chroma_int';
const bt709 = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];

/** Keyframes this often let players and editors seek at once. Seconds. */
const keyframeSec = 2;

/** Encodes raw frames from stdin and reports progress on stdout. */
export function encodeArguments(
  preset: ExportPreset,
  video: RawVideo,
  names: EncodeNames,
  quality: ExportQuality = 'good',
): readonly string[] {
  const { metadata, palette, sound } = names;
  const inputs = [
    ...rawInput(video),
    ...(palette === undefined ? [] : ['-f', 'png_pipe', '-i', `file:${palette}`]),
    ...(sound === undefined ? [] : ['-f', 's16le', '-ar', String(soundRate), '-ac', '2', '-i', `file:${sound}`]),
    ...(metadata === undefined ? [] : ['-f', 'ffmetadata', '-i', `file:${metadata}`]),
  ];
  const picture =
    palette === undefined
      ? ['-map', '0:v', '-vf', filters(preset, video).join(',')]
      : ['-lavfi', '[0:v][1:v]paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle'];
  return [
    ...inputs,
    ...picture,
    ...(sound === undefined ? [] : ['-map', '1:a', ...(preset.sound ?? [])]),
    ...['-map_metadata', metadata === undefined ? '-1' : sound === undefined ? '1' : '2'],
    ...[
      '-c:v',
      preset.encoder,
      ...(preset.yCbCr ? ['-g', String(Math.max(1, Math.round(keyframeSec * video.fps)))] : []),
    ],
    ...(preset.yCbCr ? bt709 : []),
    ...preset.encoderOptions,
    ...(preset.qualities?.[quality] ?? []),
    ...preset.muxerOptions,
    ...['-progress', 'pipe:1', '-f', preset.muxer, '-y', outputName(preset, names.output)],
  ];
}

/** First pass of a GIF: one picture of the 256 colours that the clip needs most. */
export function paletteArguments(video: RawVideo, palette: string): readonly string[] {
  const output = ['-frames:v', '1', '-c:v', 'png', '-f', 'image2', '-update', '1', '-y', `file:${palette}`];
  return [...rawInput(video), '-vf', 'palettegen=stats_mode=full', ...output];
}

function rawInput({ width, height, fps }: RawVideo): readonly string[] {
  return [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-video_size',
    `${width}x${height}`,
    '-framerate',
    rateText(fps),
    '-i',
    'pipe:0',
  ];
}

/** Broadcast rates are fractions with 1001 below; ffmpeg would take a rounded one for another rate. */
function rateText(fps: number): string {
  const thousandths = Math.round(fps * 1001);
  const isBroadcast = !Number.isInteger(fps) && Math.abs(fps * 1001 - thousandths) < 1e-6;
  return isBroadcast ? `${thousandths}/1001` : String(fps);
}

function filters(preset: ExportPreset, { width, height }: RawVideo): readonly string[] {
  const missing = (size: number): number => (preset.multipleOf - (size % preset.multipleOf)) % preset.multipleOf;
  const [right, bottom] = [missing(width), missing(height)];
  const filled =
    right + bottom === 0
      ? []
      : [
          `pad=${width + right}:${height + bottom}`,
          'format=gbrp',
          `fillborders=right=${right}:bottom=${bottom}:mode=smear`,
        ];
  if (!preset.yCbCr) return [...filled, `format=${preset.pixelFormat}`];
  return [
    ...filled,
    `scale=out_color_matrix=bt709:out_range=tv:${exact}`,
    `format=${preset.pixelFormat}`,
    'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709',
  ];
}

function outputName(preset: ExportPreset, output: string): string {
  return `file:${preset.target === 'folder' ? `${output}/${pictureName.pattern}` : output}`;
}
