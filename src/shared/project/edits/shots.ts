/** Shots: what is to be generated, for all takes alike. */
import type { StageId } from '../../pack-manifest';
import type { StageOverrides } from '../../stage-parameters';
import { change, type Change } from '../change';
import { refused, refuseLocked } from './change-clips';
import type { Clip } from '../clip';
import type { EditLabel } from '../edit-labels';
import type { ShotId } from '../ids';
import type { Project } from '../project';
import type { Direction, ProjectShot, Take } from '../project-shot';

export interface NewShot {
  readonly shot: ProjectShot;
  /** At least one, of this shot. */
  readonly takes: readonly Take[];
  /** Where it goes on the timeline; absent: nowhere yet. */
  readonly clip?: Clip;
}

export function addShot(project: Project, { shot, takes, clip }: NewShot): Change {
  const taken = project.shots.has(shot.id) ? shot.id : takes.find((take) => project.takes.has(take.id))?.id;
  if (taken !== undefined || (clip !== undefined && project.clips.has(clip.id)))
    throw refused(`There is a ${taken ?? clip?.id ?? ''} already: a new shot, its takes and its clip need new ids.`);
  if (clip !== undefined) refuseLocked(project, 'add-shot', [clip.trackId]);
  return change(project, 'add-shot', (draft) => {
    draft.shots.set(shot.id, { ...shot });
    for (const take of takes) draft.takes.set(take.id, { ...take });
    if (clip !== undefined) draft.clips.set(clip.id, { ...clip });
  });
}

/** Removes their takes too. Throws `invalid-argument` while a clip shows one of them. */
export function removeShots(project: Project, { shotIds }: { readonly shotIds: readonly ShotId[] }): Change {
  const gone = new Set(shotIds);
  const shown = [...project.clips.values()].filter(({ source }) => source.kind === 'shot' && gone.has(source.shotId));
  if (shown.length > 0) throw refused(`${shown.length} clips show these shots: remove the clips first.`);
  return change(project, 'remove-shots', (draft) => {
    for (const id of gone) draft.shots.delete(shotOf(project, id).id);
    for (const take of project.takes.values()) if (gone.has(take.shotId)) draft.takes.delete(take.id);
  });
}

export interface ShotChange extends Partial<Pick<ProjectShot, 'name' | 'packHash' | 'frames' | 'frameRate'>> {
  readonly shotId: ShotId;
}

/** Another name, or another pack with the shape of its clips. Throws `invalid-argument` where clips need more frames. */
export function changeShot(project: Project, { shotId, ...fields }: ShotChange): Change {
  return shotChanged(project, 'change-shot', { ...shotOf(project, shotId), ...fields });
}

export interface DirectionChange {
  readonly shotId: ShotId;
  /** Fields to replace: prompts, negative prompt, where to stop. */
  readonly direction: Partial<Omit<Direction, 'stages' | 'given' | 'startFrom'>>;
}

/** Throws `invalid-argument` with what `shotSchema` says of a bad prompt. */
export function changeDirection(project: Project, { shotId, direction }: DirectionChange): Change {
  const shot = shotOf(project, shotId);
  return shotChanged(project, 'change-prompt', { ...shot, direction: { ...shot.direction, ...direction } });
}

export interface GivenChange {
  readonly shotId: ShotId;
  /** Those that there were go. */
  readonly given: Direction['given'];
}

export function changeGiven(project: Project, { shotId, given }: GivenChange): Change {
  const shot = shotOf(project, shotId);
  return shotChanged(project, 'change-given', { ...shot, direction: { ...shot.direction, given } });
}

export interface StartChange {
  readonly shotId: ShotId;
  /** Absent: from the prompt again. */
  readonly startFrom?: Direction['startFrom'];
}

export function changeStart(project: Project, { shotId, startFrom }: StartChange): Change {
  const shot = shotOf(project, shotId);
  const direction = { ...shot.direction };
  if (startFrom === undefined) Reflect.deleteProperty(direction, 'startFrom');
  else direction.startFrom = startFrom;
  return shotChanged(project, 'change-start', { ...shot, direction });
}

export interface StageChange {
  readonly shotId: ShotId;
  readonly stage: StageId;
  /** Absent: the pack's defaults again. */
  readonly overrides?: StageOverrides;
}

export function changeStage(project: Project, { shotId, stage, overrides }: StageChange): Change {
  const shot = shotOf(project, shotId);
  const stages = withStage(shot.direction.stages, stage, overrides);
  return shotChanged(project, 'change-stage', { ...shot, direction: { ...shot.direction, stages } });
}

export interface ShotDirecting extends Pick<Direction, 'stages' | 'stopAt'> {
  readonly shotId: ShotId;
}

/** How shots are generated, in all of their stages. What they show stays. */
export function directShots(project: Project, { shots }: { readonly shots: readonly ShotDirecting[] }): Change {
  return change(project, 'direct-shots', (draft) => {
    for (const { shotId, stages, stopAt } of shots) {
      const shot = shotOf(project, shotId);
      const direction = { ...shot.direction, stages: { ...stages } };
      if (stopAt === undefined) Reflect.deleteProperty(direction, 'stopAt');
      else direction.stopAt = stopAt;
      draft.shots.set(shotId, { ...shot, direction });
    }
  });
}

/** Overrides with those of one stage replaced, or taken out. */
export function withStage(
  stages: Readonly<Record<StageId, StageOverrides>>,
  stage: StageId,
  overrides: StageOverrides | undefined,
): Record<StageId, StageOverrides> {
  if (overrides !== undefined) return { ...stages, [stage]: overrides };
  const others = { ...stages };
  Reflect.deleteProperty(others, stage);
  return others;
}

function shotChanged(project: Project, label: EditLabel, shot: ProjectShot): Change {
  return change(project, label, (draft) => {
    draft.shots.set(shot.id, shot);
  });
}

function shotOf(project: Project, id: ShotId): ProjectShot {
  const shot = project.shots.get(id);
  if (shot === undefined) throw refused(`There is no shot ${id} in “${project.title}”.`);
  return shot;
}
