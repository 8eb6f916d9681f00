/**
 * Takes the frames that a person brings to a shot into the artifact store, in the shape that the shot needs: from a file, from imported
 * media, or from what there is of a take.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openFrameFile } from '#frames/reader';
import { SluiceError } from '#shared/errors';
import type { ClipShape } from '#shared/pack-manifest';
import type { MediaId } from '#shared/project/ids';
import { paceOf, normalSpeed, sourceFramesAfter, type FrameRate } from '#shared/project/time';
import type { ImportedFrames } from '#shared/shot';
import type { BringSource } from '#shared/studio/brought';
import { importClip } from '../media/import-clip';
import type { Pack } from '../packs/pack';
import type { OpenProject } from '../projects/open-project';
import type { StudioParts } from './studio';
import { takeClip } from './take-clip';
import { takeIn } from './take-request';

export interface Bringing {
  readonly parts: StudioParts;
  readonly project: OpenProject;
  /** Of the shot that the frames are for. */
  readonly pack: Pack;
  readonly signal: AbortSignal;
}

/**
 * `frames` pictures that the shot's clip must contain, at its final size and rate. Throws `invalid-argument`, `artifact-missing`,
 * `media-missing`, `media-unreadable`, `media-unsupported`, `ffmpeg-missing`, `disk-full`, `disk-read-only`.
 */
export async function bringGiven(bringing: Bringing, source: BringSource, frames: number): Promise<ImportedFrames> {
  const { output } = bringing.pack.manifest.stages.at(-1) ?? {};
  if (output === undefined) throw new SluiceError('pack-invalid', 'A pack without stages makes no clip.');
  const shape = { ...output, frames };
  return source.kind === 'take' ? framesOfTake(bringing, source, shape) : framesOfFile(bringing, source, shape);
}

/** A clip that stands for the output of `stage`. Throws as `bringGiven` does. */
export async function bringStart(bringing: Bringing, source: BringSource, stage: string): Promise<ImportedFrames> {
  const spec = bringing.pack.manifest.stages.find(({ id }) => id === stage);
  if (spec === undefined)
    throw new SluiceError('invalid-argument', `The pack has no stage "${stage}": choose another one.`);
  if (source.kind !== 'take') return framesOfFile(bringing, source, spec.output);
  const { artifact } = await clipOfTake(bringing, source);
  const { frames, height, width } = artifact.metadata;
  if (frames !== spec.output.frames || height !== spec.output.height || width !== spec.output.width)
    throw new SluiceError(
      'invalid-argument',
      `The clip has ${frames} frames of ${width}×${height}, but stage "${stage}" gives ${spec.output.frames} of ` +
        `${spec.output.width}×${spec.output.height}: choose a stage of the same shape.`,
    );
  return { sha256: artifact.key, frames, height, width };
}

type OfTake = Extract<BringSource, { kind: 'take' }>;

async function clipOfTake({ parts, project }: Bringing, { takeId, stage }: OfTake) {
  const { take, shot } = takeIn(project, takeId);
  const pack = await parts.packs.get(shot.packHash);
  const { artifact } = await takeClip({ pack, shot, take }, stage, parts.jobs.services);
  return { artifact, shot };
}

/** A stage with fewer frames than the final clip shows each of them for as long as it stands. */
async function framesOfTake(bringing: Bringing, source: OfTake, shape: ClipShape): Promise<ImportedFrames> {
  const { artifacts } = bringing.parts.jobs;
  const { artifact, shot } = await clipOfTake(bringing, source);
  const opened = await artifacts.open(artifact.key);
  if (opened === undefined)
    throw new SluiceError('artifact-missing', 'The take is no longer kept: make it again, then bring its frames.');
  const { reader } = opened;
  const pace = paceOf(shot.frameRate, rateOf(shape.fps), normalSpeed);
  const frameOf = (index: number): number => {
    const final = source.fromFrame + sourceFramesAfter(index, pace);
    return Math.min(reader.frames - 1, Math.floor((final * reader.frames) / shot.frames));
  };
  try {
    const { height, width } = reader;
    const read = (from: number): Promise<Uint8Array> => reader.read(frameOf(from), frameOf(from) + 1);
    return await artifacts.import({ frames: shape.frames, height, width, fps: shape.fps, read }, bringing.signal);
  } finally {
    await reader.close();
  }
}

async function framesOfFile(
  { parts, project, signal }: Bringing,
  source: Exclude<BringSource, OfTake>,
  shape: ClipShape,
): Promise<ImportedFrames> {
  const { file, fromSec } =
    source.kind === 'file' ? { file: source.path, fromSec: 0 } : await inMedia({ parts, project, signal }, source);
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-bring-'));
  try {
    const outputPath = path.join(folder, 'clip.frames');
    const { frames, height, width, fps } = shape;
    const ffmpegPath = parts.sluice.ffmpeg().path;
    await importClip({ ffmpegPath, file, fromSec, shape: { frames, height, width, fps }, outputPath, signal });
    const reader = await openFrameFile(outputPath);
    try {
      return await parts.jobs.artifacts.import(reader, signal);
    } finally {
      await reader.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inMedia(
  { parts, project, signal }: Pick<Bringing, 'parts' | 'project' | 'signal'>,
  { mediaId, fromFrame }: { readonly mediaId: MediaId; readonly fromFrame: number },
): Promise<{ readonly file: string; readonly fromSec: number }> {
  const media = project.project.media.get(mediaId);
  if (media === undefined || media.kind === 'audio')
    throw new SluiceError('invalid-argument', 'A shot takes frames of a video or a picture: choose another source.');
  const file = await parts.media.shelf.fileOf(media, project.directory, signal);
  return { file, fromSec: media.kind === 'video' ? secondsOf(fromFrame, media.frameRate) : 0 };
}

/** Whole rates as they are, others (23.976) in thousand-and-firsts. */
function rateOf(fps: number): FrameRate {
  return Number.isInteger(fps) ? { num: fps, den: 1 } : { num: Math.round(fps * 1001), den: 1001 };
}

/** In the middle of the frame, so that no rounding falls on the one before. */
function secondsOf(frame: number, { num, den }: FrameRate): number {
  return frame === 0 ? 0 : ((frame - 0.5) * den) / num;
}
