/** The one clip that is selected, with everything that made it. */
import type { Clip } from '#shared/project/clip';
import type { Project } from '#shared/project/project';
import type { ProjectShot, Take } from '#shared/project/project-shot';
import type { Selection } from '../timeline/model/selection';
import type { WorkState } from './work-store';

export type Pack = WorkState['packs'][number];

export interface SelectedShot {
  readonly clip: Clip;
  readonly shot: ProjectShot;
  readonly take: Take;
  /** Absent: the pack that makes it is not installed. */
  readonly pack: Pack | undefined;
}

export function selectedClip(project: Project, selection: Selection): Clip | undefined {
  const [id] = selection;
  return selection.size === 1 && id !== undefined ? project.clips.get(id) : undefined;
}

/** Undefined where not exactly one clip is selected, or one of media. */
export function selectedShot(project: Project, selection: Selection, packs: readonly Pack[]): SelectedShot | undefined {
  const clip = selectedClip(project, selection);
  return clip === undefined ? undefined : shotOfClip(project, clip, packs);
}

/** Each shot that they show, once. */
export function shotsOfClips(
  project: Pick<Project, 'shots' | 'takes'>,
  clips: readonly Clip[],
  packs: readonly Pack[],
): readonly SelectedShot[] {
  const shown = clips.flatMap((clip) => shotOfClip(project, clip, packs) ?? []);
  return [...new Map(shown.map((each) => [each.shot.id, each])).values()];
}

export function shotOfClip(
  project: Pick<Project, 'shots' | 'takes'>,
  clip: Clip,
  packs: readonly Pack[],
): SelectedShot | undefined {
  if (clip.source.kind !== 'shot') return undefined;
  const shot = project.shots.get(clip.source.shotId);
  const take = project.takes.get(clip.source.takeId);
  if (shot === undefined || take === undefined) return undefined;
  return { clip, shot, take, pack: packs.find(({ hash }) => hash === shot.packHash) };
}
