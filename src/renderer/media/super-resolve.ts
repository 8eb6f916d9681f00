/** "Super-resolve this": a shot that begins with a film of the user's own instead of a stage. */
import type { PackManifest, StageId } from '#shared/pack-manifest';
import { inOneStep, type Change } from '#shared/project/change';
import { changeStart } from '#shared/project/edits/shots';
import type { Clip } from '#shared/project/clip';
import type { Media } from '#shared/project/media';
import type { Project } from '#shared/project/project';
import type { ImportedFrames } from '#shared/shot';
import { bringStart } from '../generate/bring';
import { newShotIds, randomSeed, shotAdded, type NewShotIds, type ShotWords } from '../generate/new-shot';
import type { FilmToResolve } from '../studio/dialogs';
import type { Studio } from '../studio/studio';

/** Stages that a film can stand for: all but the last, which would leave nothing to do. */
export function replaceableStages({ stages }: Pick<PackManifest, 'stages'>): PackManifest['stages'] {
  return stages.slice(0, -1);
}

export interface SuperResolved {
  readonly words: ShotWords;
  readonly stage: StageId;
  readonly source: ImportedFrames;
}

/** Pure: ids come from outside. */
function shotFromMedia(project: Project, { words, stage, source }: SuperResolved, ids: NewShotIds): Change {
  return inOneStep(project, 'add-shot', [
    (now) => shotAdded(now, words, ids),
    (now) => changeStart(now, { shotId: ids.shot, startFrom: { stage, source } }),
  ]);
}

export interface Order {
  readonly pack: ShotWords['pack'];
  readonly media: Media;
  /** The first of its frames to take, on its own grid. */
  readonly fromFrame: number;
  readonly stage: StageId;
  readonly prompt: string;
}

/** The first film among the clips, from the frame on that the clip shows first. */
export function filmOf(project: Project, clips: readonly Clip[]): FilmToResolve | undefined {
  for (const { source, inFrame } of clips)
    if (source.kind === 'media' && project.media.get(source.mediaId)?.kind === 'video')
      return { mediaId: source.mediaId, fromFrame: inFrame };
  return undefined;
}

/** The shot, selected, with its ladder open: what runs next is for the person to say. False where the film could not be taken. */
export async function superResolve(studio: Studio, order: Order): Promise<boolean> {
  const { pack, media, fromFrame, stage, prompt } = order;
  const source = await bringStart(studio, pack.hash, { kind: 'media', mediaId: media.id, fromFrame }, stage);
  if (source === undefined) return false;
  const ids = newShotIds(1);
  const words = { prompt, seeds: [randomSeed()], pack };
  if (!studio.document.edit((project) => shotFromMedia(project, { words, stage, source }, ids))) return false;
  const playhead = studio.document.getState().project.clips.get(ids.clip)?.startFrame ?? 0;
  studio.timeline.setState({ selection: new Set([ids.clip]), opened: ids.clip, playhead, rate: 0 });
  return true;
}
