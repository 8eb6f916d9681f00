/** What an export is of: its shape, where its frames are, what made them, and what must be kept until it is done. */
import type { FrameFileShape } from '#frames/layout';
import { openFrameFile } from '#frames/reader';
import { SluiceError } from '#shared/errors';
import { projectJson, type Range } from '#shared/project/project';
import { normalSpeed, paceOf, timelineFramesWithin, type FrameRate } from '#shared/project/time';
import type { AnyRecipe, Recipe } from '#shared/recipe';
import type { ExportQuality } from '#shared/studio/exports';
import type { Sha256, Size } from '#shared/units';
import type { Artifact } from '../artifacts/artifact-store';
import type { EditContent } from './edit/edit-content';
import { makeEditRecipe } from './edit/edit-recipe';
import { rateOf, type WantedShape } from './in-another-shape';
import type { OutputTarget } from './output-target';
import type { ExportJob } from './worker/contract';

export interface FoundSource {
  readonly content: ExportJob['content'];
  /** Of the source's own frames. */
  readonly range: Range;
  readonly size: Size;
  readonly frameRate: FrameRate;
  /** Artifacts to keep from eviction. */
  readonly keys: readonly Sha256[];
  /** Of an edit: clips that show nothing, and clips whose frames are stale. */
  readonly emptyClips: number;
  readonly staleClips: number;
  readonly recipe: (size: Size, frameRate: FrameRate) => AnyRecipe | undefined;
}

/** @param sluice the version of this program, for the recipe */
export function editSource(content: EditContent, sluice: string): FoundSource {
  const { project, range, takes, media, sounds, emptyClips, staleClips } = content;
  return {
    content: {
      kind: 'edit',
      project: projectJson(project),
      takes: takes.map(({ takeId, wanted, artifact }) => ({
        ...{ takeId, framesPath: artifact.path },
        ...(wanted !== undefined && { stage: wanted }),
      })),
      ...{ media: [...media], sounds: [...sounds] },
    },
    ...{ range, emptyClips, staleClips, size: project.size, frameRate: project.frameRate },
    keys: takes.map(({ artifact }) => artifact.key),
    recipe: (size, frameRate) => makeEditRecipe(content, { size, frameRate }, sluice),
  };
}

/** `range` absent: all. Throws `invalid-argument` for frames that are not there. */
export function artifactSource(artifact: Artifact, range: Range | undefined, recipe: Recipe | undefined): FoundSource {
  return { ...clipSource(artifact.path, artifact.metadata, range, recipe), keys: [artifact.key] };
}

function clipSource(
  framesPath: string,
  { frames, height, width, fps }: FrameFileShape,
  range: Range | undefined,
  recipe: Recipe | undefined,
): FoundSource {
  return {
    content: { kind: 'clip', framesPath },
    range: rangeWithin(range, frames),
    ...{ size: { height, width }, frameRate: rateOf(fps), emptyClips: 0, staleClips: 0 },
    keys: [],
    recipe: () => recipe,
  };
}

/** As `artifactSource`, of a frame file that nobody evicts. Throws `artifact-missing`, `artifact-corrupt`. */
export async function frameFileSource(
  framesPath: string,
  range: Range | undefined,
  recipe: Recipe | undefined,
): Promise<FoundSource> {
  const reader = await openFrameFile(framesPath);
  await reader.close();
  return clipSource(framesPath, reader, range, recipe);
}

/** Absent: all. Throws `invalid-argument` where there is nothing, or not as much. */
export function rangeWithin(range: Range | undefined, frames: number): Range {
  const { inFrame, outFrame } = range ?? { inFrame: 0, outFrame: frames };
  if (frames > 0 && outFrame <= frames) return { inFrame, outFrame };
  throw new SluiceError(
    'invalid-argument',
    frames === 0
      ? 'There is nothing to export yet: put a clip on the timeline first.'
      : `Frames ${inFrame} to ${outFrame} cannot be exported: there are ${frames}. Choose a part of them.`,
  );
}

/** How many frames come out, and what each is like. */
export function exportedShape({ range, size, frameRate }: FoundSource, wanted: WantedShape) {
  const rate = wanted.frameRate ?? frameRate;
  const frames = timelineFramesWithin(range.outFrame - range.inFrame, paceOf(frameRate, rate, normalSpeed));
  return { size: wanted.size ?? size, frameRate: rate, frames };
}

export interface WantedFile extends WantedShape {
  /** Id of a preset. */
  readonly preset: string;
  readonly quality: ExportQuality;
  readonly target: OutputTarget;
  readonly ffmpegPath: string;
}

export function exportJobOf(found: FoundSource, wanted: WantedFile): ExportJob {
  const { preset, quality, target, ffmpegPath, size, frameRate } = wanted;
  const shape = exportedShape(found, wanted);
  const recipe = found.recipe(shape.size, shape.frameRate);
  return {
    ...{ ffmpegPath, preset, quality, target, content: found.content, range: found.range },
    ...(size && { size }),
    ...(frameRate && { frameRate }),
    ...(recipe && { recipe }),
  };
}
