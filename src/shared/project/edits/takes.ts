/** Takes: the variations of a shot, their seeds, ratings, and the stages that were made of them. */
import type { StageId } from '../../pack-manifest';
import type { StageOverrides } from '../../stage-parameters';
import { change, type Change } from '../change';
import type { EditLabel } from '../edit-labels';
import type { ShotId, TakeId } from '../ids';
import type { Project } from '../project';
import type { MadeStage, Take } from '../project-shot';
import { refused } from './change-clips';
import { withStage } from './shots';

/** Throws `invalid-argument` for takes of shots that do not exist, or numbered like others. */
export function addTakes(project: Project, { takes }: { readonly takes: readonly Take[] }): Change {
  const taken = takes.find((take) => project.takes.has(take.id));
  if (taken !== undefined) throw refused(`There is a take ${taken.id} already: a new take needs a new id.`);
  return change(project, 'add-takes', (draft) => {
    for (const take of takes) draft.takes.set(take.id, { ...take });
  });
}

/** The number that the next take of a shot gets. */
export function nextTakeNumber(project: Project, shotId: ShotId): number {
  const numbers = [...project.takes.values()].filter((take) => take.shotId === shotId).map((take) => take.number);
  return Math.max(0, ...numbers) + 1;
}

/** Throws `invalid-argument` while a clip shows one of them, or for the last take of a shot. */
export function removeTakes(project: Project, { takeIds }: { readonly takeIds: readonly TakeId[] }): Change {
  const gone = new Set(takeIds);
  const shown = [...project.clips.values()].filter(({ source }) => source.kind === 'shot' && gone.has(source.takeId));
  if (shown.length > 0) throw refused(`${shown.length} clips show these takes: show others there first.`);
  return change(project, 'remove-takes', (draft) => {
    for (const id of gone) draft.takes.delete(takeOf(project, id).id);
  });
}

export interface SeedChange {
  readonly takeId: TakeId;
  readonly seed: number;
}

export function changeSeed(project: Project, { takeId, seed }: SeedChange): Change {
  return takeChanged(project, 'change-take', { ...takeOf(project, takeId), seed });
}

export interface TakeStageChange {
  readonly takeId: TakeId;
  readonly stage: StageId;
  /** Absent: what the shot says. */
  readonly overrides?: StageOverrides;
}

export function changeTakeStage(project: Project, { takeId, stage, overrides }: TakeStageChange): Change {
  const take = takeOf(project, takeId);
  return takeChanged(project, 'change-take', { ...take, stages: withStage(take.stages, stage, overrides) });
}

export interface Rating {
  readonly takeIds: readonly TakeId[];
  /** 1 to 5; 0 takes the rating back. */
  readonly rating: number;
}

export function rateTakes(project: Project, { takeIds, rating }: Rating): Change {
  return change(project, 'rate-take', (draft) => {
    for (const id of takeIds) draft.takes.set(id, { ...takeOf(project, id), rating });
  });
}

export interface Made {
  readonly takeId: TakeId;
  readonly made: MadeStage;
}

/** Notes a finished stage. It is recorded, not undone: undoing a trim must not forget what was computed meanwhile. */
export function noteMade(project: Project, { takeId, made }: Made): Change {
  const take = takeOf(project, takeId);
  const at = take.made.findIndex(({ stage }) => stage === made.stage);
  const list = at === -1 ? [...take.made, made] : take.made.with(at, made);
  return takeChanged(project, 'stage-made', { ...take, made: list });
}

function takeChanged(project: Project, label: EditLabel, take: Take): Change {
  return change(project, label, (draft) => {
    draft.takes.set(take.id, take);
  });
}

function takeOf(project: Project, id: TakeId): Take {
  const take = project.takes.get(id);
  if (take === undefined) throw refused(`There is no take ${id} in “${project.title}”.`);
  return take;
}
