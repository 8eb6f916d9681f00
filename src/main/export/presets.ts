/**
 * The export presets: one row each. To add one, add a row; the command line, the studio and the tests read this table.
 *
 * The quality `good` is high enough for flat colours to come back within two code values of 255: `export-clip.test.ts` measures it for
 * every row.
 */
import type { ExportQuality } from '#shared/studio/exports';

export interface ExportPreset {
  readonly id: string;
  /** For people. */
  readonly title: string;
  readonly target: 'file' | 'folder';
  /** Without the dot; '' for folders. The first preset with an extension is the default for it. */
  readonly extension: string;
  readonly muxer: string;
  readonly encoder: string;
  /** What goes in are 8 bits a colour: a format with more rounds less on the way to Y′CbCr, and its title says that no more is in it. */
  readonly pixelFormat: string;
  /** Whether the picture is stored as Y′CbCr, BT.709, limited range; otherwise as the RGB it is. */
  readonly yCbCr: boolean;
  /** Pixels that width and height must be multiples of; missing ones are filled with the last row or column. */
  readonly multipleOf: number;
  /** What the encoder refuses below. Pixels. */
  readonly smallestSide: number;
  readonly encoderOptions: readonly string[];
  /** What the choice of quality adds to them; absent: there is none. */
  readonly qualities?: Readonly<Record<ExportQuality, readonly string[]>>;
  readonly muxerOptions: readonly string[];
  /** How sound is encoded; absent: the format has none. */
  readonly sound?: readonly string[];
  /** Whether the recipe can be kept inside; it is always kept beside. */
  readonly embedsRecipe: boolean;
  /** Finds the best 256 colours in a first pass over the frames. */
  readonly palette: boolean;
}

/** Constant quality: the picture stays as good, the size follows from it. */
function constantQuality(small: number, good: number, best: number): Record<ExportQuality, readonly string[]> {
  return { small: ['-crf', String(small)], good: ['-crf', String(good)], best: ['-crf', String(best)] };
}

const aac = ['-c:a', 'aac', '-b:a', '256k'];

const video = {
  target: 'file',
  yCbCr: true,
  multipleOf: 2,
  smallestSide: 2,
  embedsRecipe: true,
  palette: false,
} as const;

export const exportPresets: readonly ExportPreset[] = [
  {
    ...video,
    id: 'mp4-h264',
    title: 'MP4, H.264: plays everywhere',
    extension: 'mp4',
    muxer: 'mp4',
    encoder: 'libx264',
    pixelFormat: 'yuv420p',
    sound: aac,
    encoderOptions: ['-preset', 'medium'],
    qualities: constantQuality(24, 16, 10),
    muxerOptions: ['-movflags', '+faststart'],
  },
  {
    ...video,
    id: 'mp4-h265',
    title: 'MP4, H.265: half the size, newer devices',
    extension: 'mp4',
    muxer: 'mp4',
    encoder: 'libx265',
    pixelFormat: 'yuv420p',
    smallestSide: 32,
    sound: aac,
    encoderOptions: ['-preset', 'medium', '-tag:v', 'hvc1', '-x265-params', 'log-level=error'],
    qualities: constantQuality(26, 18, 12),
    muxerOptions: ['-movflags', '+faststart'],
  },
  {
    ...video,
    id: 'mp4-av1',
    title: 'MP4, AV1: small and free, recent devices (8 bits, in a 10-bit file)',
    extension: 'mp4',
    muxer: 'mp4',
    encoder: 'libsvtav1',
    pixelFormat: 'yuv420p10le',
    smallestSide: 64,
    sound: aac,
    encoderOptions: ['-preset', '8'],
    qualities: constantQuality(36, 22, 14),
    muxerOptions: ['-movflags', '+faststart'],
  },
  {
    ...video,
    id: 'webm-vp9',
    title: 'WebM, VP9: for the web',
    extension: 'webm',
    muxer: 'webm',
    encoder: 'libvpx-vp9',
    pixelFormat: 'yuv420p',
    sound: ['-c:a', 'libopus', '-b:a', '160k'],
    encoderOptions: ['-b:v', '0', '-deadline', 'good', '-cpu-used', '3', '-row-mt', '1'],
    qualities: constantQuality(34, 20, 12),
    muxerOptions: [],
  },
  {
    ...video,
    id: 'prores-hq',
    title: 'QuickTime, ProRes 422 HQ: for editing (8 bits, in a 10-bit file)',
    extension: 'mov',
    muxer: 'mov',
    encoder: 'prores_ks',
    pixelFormat: 'yuv422p10le',
    sound: ['-c:a', 'pcm_s16le'],
    encoderOptions: ['-profile:v', '3', '-vendor', 'apl0'],
    /** QuickTime's own comment has a 16-bit length, which a recipe may exceed; a metadata tag has not. */
    muxerOptions: ['-movflags', '+use_metadata_tags'],
  },
  {
    ...video,
    id: 'gif',
    title: 'GIF, 256 colours',
    extension: 'gif',
    muxer: 'gif',
    encoder: 'gif',
    pixelFormat: 'pal8',
    yCbCr: false,
    multipleOf: 1,
    smallestSide: 1,
    encoderOptions: [],
    muxerOptions: ['-loop', '0'],
    embedsRecipe: false,
    palette: true,
  },
  {
    ...video,
    id: 'png-sequence',
    title: 'Folder of PNG files, lossless',
    target: 'folder',
    extension: '',
    muxer: 'image2',
    encoder: 'png',
    pixelFormat: 'rgb24',
    yCbCr: false,
    multipleOf: 1,
    smallestSide: 1,
    encoderOptions: ['-compression_level', '6', '-pred', 'mixed'],
    muxerOptions: ['-start_number', '0'],
    embedsRecipe: false,
  },
];

/** Names of the files in a folder of pictures: frame 0 is frame-000000.png. */
export const pictureName = { pattern: 'frame-%06d.png', matches: /^frame-\d{6,}\.png$/ };
