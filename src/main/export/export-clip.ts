/**
 * Writes a clip as a media file: frames go into ffmpeg as it takes them, a few at a time whatever the clip's length, and the
 * result gets its final name when it is whole. The recipe goes into the file, where its format can hold one, and beside it.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withDiskErrors } from '#frames/disk-errors';
import { SluiceError } from '#shared/errors';
import type { AnyRecipe } from '#shared/recipe';
import type { ExportQuality } from '#shared/studio/exports';
import { FfmpegProgressParser, type FfmpegProgress } from '../media/ffmpeg-progress';
import { runFfmpeg } from '../media/run-ffmpeg';
import { beginOutput, commitOutput, discardOutput } from './commit-output';
import { encodeArguments, paletteArguments } from './encode-arguments';
import type { OutputTarget } from './output-target';
import type { ExportPreset } from './presets';
import { metadataText } from './recipe-metadata';

/** A clip to be exported; a frame file's reader is one. */
export interface ExportSource {
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  readonly fps: number;
  /** Frames `[from, to)` as 8-bit RGB, `[to − from, H, W, 3]`. */
  read(from: number, to: number): Promise<Uint8Array>;
}

export interface ClipExport {
  readonly ffmpegPath: string;
  readonly source: ExportSource;
  readonly preset: ExportPreset;
  /** From `prepareOutput`, of the preset's kind. */
  readonly target: OutputTarget;
  /** Frames `[from, to)`; absent: all. */
  readonly range?: { readonly from: number; readonly to: number };
  /** Absent: good. */
  readonly quality?: ExportQuality;
  readonly recipe?: AnyRecipe;
  /** Writes its sound: interleaved signed 16-bit stereo at `soundRate`. Absent: there is none. */
  readonly sound?: (file: string) => Promise<void>;
  readonly signal: AbortSignal;
  /** Share of the work that is done, from 0 to 1, as ffmpeg counts encoded frames; and those, of the present pass. */
  readonly onProgress?: (share: number, encoded: Encoded) => void;
}

export type Encoded = Pick<FfmpegProgress, 'sizeBytes'> & { readonly frames: number };

/** Bytes of frames read at once: enough for the reader to decompress several small ones together. */
const readBytes = 8 * 1024 ** 2;
/** The recipe of an edit of thousands of clips lies beside the file only: players read what is inside before anything else. */
const longestEmbedded = 1024 ** 2;
/** A time limit that no working encoder meets: a hundredth of the speed of ProRes HQ on two cores. Pixels per second. */
const slowestPixelsPerSec = 70_000;
const startSec = 60;

/**
 * Throws `media-unsupported` for a clip or an ffmpeg that the preset cannot work with, `output-exists`, `ffmpeg-failed`,
 * `ffmpeg-missing`, `disk-full`, `disk-read-only`, what `source` throws, the reason of `signal`.
 */
export async function exportClip(request: ClipExport): Promise<void> {
  const { target, recipe, preset, source } = request;
  if (Math.min(source.width, source.height) < preset.smallestSide)
    throw new SluiceError(
      'media-unsupported',
      `The preset "${preset.id}" needs at least ${preset.smallestSide} pixels a side; this clip has ${source.width} × ${source.height}. Choose another preset or a later stage.`,
    );
  const text = preset.embedsRecipe && recipe !== undefined ? metadataText(recipe) : '';
  const embedded = text !== '' && text.length <= longestEmbedded;
  const palette = `${target.passingName}-palette`;
  const metadata = `${target.passingName}-metadata`;
  const sound = preset.sound === undefined || request.sound === undefined ? undefined : `${target.passingName}-sound`;
  try {
    await beginOutput(target);
    if (embedded) await withDiskErrors('write', target.path, () => writeFile(path.join(target.folder, metadata), text));
    if (preset.palette) await encode(request, paletteArguments(source, palette), [0, 0.2]);
    if (sound !== undefined) await request.sound?.(path.join(target.folder, sound));
    const names = {
      output: target.passingName,
      ...(embedded && { metadata }),
      ...(preset.palette && { palette }),
      ...(sound !== undefined && { sound }),
    };
    await encode(request, encodeArguments(preset, source, names, request.quality), [preset.palette ? 0.2 : 0, 1]);
    await commitOutput(target, recipe === undefined ? undefined : `${JSON.stringify(recipe, undefined, 2)}\n`);
  } finally {
    await discardOutput(target);
  }
}

/** One pass over the frames, which takes the progress from `from` to `to`. */
async function encode(
  request: ClipExport,
  args: readonly string[],
  [from, to]: readonly [number, number],
): Promise<void> {
  const { source, preset, signal } = request;
  const total = framesOf(request).to - framesOf(request).from;
  const progress = new FfmpegProgressParser();
  const report = (chunk: Uint8Array): void => {
    for (const { frame, sizeBytes } of progress.push(Buffer.from(chunk).toString('latin1')))
      request.onProgress?.(from + (to - from) * Math.min(1, frame / total), { frames: frame, sizeBytes });
  };
  await runFfmpeg({
    ffmpegPath: request.ffmpegPath,
    directory: request.target.folder,
    args,
    input: rawFrames(request),
    output: report,
    limitSec: startSec + (total * source.width * source.height) / slowestPixelsPerSec,
    signal,
  }).catch((cause: unknown) => {
    throw missingEncoder(preset, cause) ?? cause;
  });
}

async function* rawFrames(request: ClipExport): AsyncGenerator<Uint8Array> {
  const { source } = request;
  const { from, to } = framesOf(request);
  const atOnce = Math.max(1, Math.floor(readBytes / (source.width * source.height * 3)));
  for (let at = from; at < to; at += atOnce) yield await source.read(at, Math.min(at + atOnce, to));
}

function framesOf({ source, range }: ClipExport): { readonly from: number; readonly to: number } {
  return range ?? { from: 0, to: source.frames };
}

function missingEncoder(preset: ExportPreset, cause: unknown): SluiceError | undefined {
  if (!(cause instanceof SluiceError) || !/Unknown encoder|Encoder not found/.test(String(cause.details['stderr'])))
    return undefined;
  return new SluiceError(
    'media-unsupported',
    `This ffmpeg has no encoder "${preset.encoder}", which the preset "${preset.id}" needs. Choose another preset, or another ffmpeg with SLUICE_FFMPEG.`,
    { details: { preset: preset.id, encoder: preset.encoder }, cause },
  );
}
