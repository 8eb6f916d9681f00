/** "Super-resolve this": a shot that begins with a film of the user's own instead of a stage. */
import type { PackManifest, StageId } from '#shared/pack-manifest';
import { inOneStep, type Change } from '#shared/project/change';
import { changeStart } from '#shared/project/edits/shots';
import type { Media } from '#shared/project/media';
import type { Project } from '#shared/project/project';
import type { ImportedFrames } from '#shared/shot';
import { bringStart } from '../generate/bring';
import { newShotIds, randomSeed, shotAdded, type NewShotIds, type ShotWords } from '../generate/new-shot';
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
export function shotFromMedia(project: Project, { words, stage, source }: SuperResolved, ids: NewShotIds): Change {
  return inOneStep(project, 'add-shot', [
    (now) => shotAdded(now, words, ids),
    (now) => changeStart(now, { shotId: ids.shot, startFrom: { stage, source } }),
  ]);
}

export interface Order {
  readonly pack: ShotWords['pack'];
  readonly media: Media;
  readonly stage: StageId;
  readonly prompt: string;
}

/** The shot, selected, with its ladder open: what runs next is for the person to say. False where the film could not be taken. */
export async function superResolve(studio: Studio, { pack, media, stage, prompt }: Order): Promise<boolean> {
  const source = await bringStart(studio, pack.hash, { kind: 'media', mediaId: media.id, fromFrame: 0 }, stage);
  if (source === undefined) return false;
  const ids = newShotIds(1);
  const words = { prompt, seeds: [randomSeed()], pack };
  if (!studio.document.edit((project) => shotFromMedia(project, { words, stage, source }, ids))) return false;
  const playhead = studio.document.getState().project.clips.get(ids.clip)?.startFrame ?? 0;
  studio.timeline.setState({ selection: new Set([ids.clip]), opened: ids.clip, playhead, rate: 0 });
  return true;
}
