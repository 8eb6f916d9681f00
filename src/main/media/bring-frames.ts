/**
 * Takes what a person brings to a shot into the artifact store: a clip that replaces a stage's output (a video, a frame file, an
 * artifact by its key), or a picture that the clip must contain. From then on the shot knows it by its content.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameFileShape } from '#frames/layout';
import { openFrameFile } from '#frames/reader';
import { SluiceError } from '#shared/errors';
import type { ClipShape, PackManifest, StageSpec } from '#shared/pack-manifest';
import type { ImportedFrames, Shot } from '#shared/shot';
import type { ArtifactStore } from '../artifacts/artifact-store';
import { artifactByKey } from './artifact-by-key';
import { importClip } from './import-clip';
import { isFrameFile } from './media-format';

export interface BringContext {
  readonly artifacts: ArtifactStore;
  readonly manifest: PackManifest;
  /** Asked for only when a media file is brought. Throws `ffmpeg-missing`. */
  readonly ffmpegPath: () => string;
  readonly signal: AbortSignal;
}

type StartFrom = NonNullable<Shot['startFrom']>;

/**
 * `source`: an existing file, or the key of an artifact (eight digits or more). `stage`: the stage that it replaces; absent:
 * for frames the one whose shape they have, for a video the first. Throws `invalid-argument`, `artifact-missing`,
 * `media-unreadable`, `media-unsupported`, `ffmpeg-missing`, `disk-full`, `disk-read-only`, the reason of the signal.
 */
export async function bringStartClip(
  context: BringContext,
  source: string,
  stage: string | undefined,
): Promise<StartFrom> {
  const isFile = await stat(source).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) return bringFrames(context, (await artifactByKey(context.artifacts, source)).path, stage);
  if (await isFrameFile(source)) return bringFrames(context, source, stage);
  const spec = stage === undefined ? firstStage(context) : namedStage(context, stage);
  return { stage: spec.id, source: await bringMedia(context, source, spec.output) };
}

/** The first frame of a picture or video, at the final size. Throws as `bringStartClip` does. */
export async function bringPicture(context: BringContext, file: string): Promise<ImportedFrames> {
  const { output } = context.manifest.stages.at(-1) ?? firstStage(context);
  return bringMedia(context, file, { ...output, frames: 1 });
}

async function bringMedia(
  context: BringContext,
  file: string,
  { frames, height, width, fps }: ClipShape,
): Promise<ImportedFrames> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-import-'));
  try {
    const outputPath = path.join(folder, 'clip.frames');
    const shape: FrameFileShape = { frames, height, width, fps };
    await importClip({ ffmpegPath: context.ffmpegPath(), file, shape, outputPath, signal: context.signal });
    return await importFile(context, outputPath);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bringFrames(context: BringContext, file: string, stage: string | undefined): Promise<StartFrom> {
  const reader = await openFrameFile(file);
  await reader.close();
  const spec = stage === undefined ? stageOfShape(context, reader) : namedStage(context, stage);
  return { stage: spec.id, source: await importFile(context, file) };
}

async function importFile({ artifacts, signal }: BringContext, file: string): Promise<ImportedFrames> {
  const reader = await openFrameFile(file);
  try {
    return await artifacts.import(reader, signal);
  } finally {
    await reader.close();
  }
}

function firstStage({ manifest }: BringContext): StageSpec {
  const [first] = manifest.stages;
  if (first === undefined) throw new SluiceError('pack-invalid', `The pack "${manifest.name}" has no stages.`);
  return first;
}

function namedStage({ manifest }: BringContext, id: string): StageSpec {
  const found = manifest.stages.find((stage) => stage.id === id);
  if (found !== undefined) return found;
  const known = manifest.stages.map((stage) => stage.id).join(', ');
  throw new SluiceError('invalid-argument', `The pack "${manifest.name}" has no stage "${id}". It has ${known}.`);
}

function stageOfShape(context: BringContext, shape: FrameFileShape): StageSpec {
  const { stages } = context.manifest;
  const fitting = stages.filter(
    ({ output }) => output.frames === shape.frames && output.height === shape.height && output.width === shape.width,
  );
  const [only] = fitting;
  if (only !== undefined) return only;
  const known = stages.map(({ id, output }) => `${id} ${output.frames} × ${output.width}×${output.height}`).join(', ');
  throw new SluiceError(
    'invalid-argument',
    `These ${shape.frames} frames of ${shape.width}×${shape.height} are the output of no stage of "${context.manifest.name}" (${known}). Start from a clip of one of these shapes, or from a video.`,
  );
}
