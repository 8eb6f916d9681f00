/**
 * A clip that is being made goes round in the viewer by itself, from its first preview on: which clip that is, and which of its frames is
 * shown when. Pure.
 */
import { layersAt } from '#shared/edit/layers-at';
import type { Clip } from '#shared/project/clip';
import type { TakeId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { FrameRate } from '#shared/project/time';
import type { Ladder } from '#shared/studio/ladder';
import type { WorkState } from '../studio/work-store';
import type { Looking } from './looking';
import { pictureOf, type Picture } from './picture-of';

export interface LookedAt extends Pick<WorkState, 'ladders' | 'previews'>, Pick<Looking, 'stage' | 'stilled'> {
  readonly project: Project;
  /** Whole. */
  readonly playhead: number;
}

/** The uppermost clip at the playhead that is shown as it is being made, unless a person stilled it. */
export function clipBeingMade(at: LookedAt): Clip | undefined {
  const { project, playhead, stage, stilled, ladders, previews } = at;
  const layer = layersAt(project, playhead).findLast(({ clip: { source } }) => {
    if (source.kind !== 'shot' || stilled.has(source.takeId)) return false;
    const ladder = ladders.get(source.takeId);
    return isBeingMade(pictureOf(ladder, previews.get(source.takeId), stage ?? source.stage), ladder);
  });
  return layer?.clip;
}

/** A preview; or the last stage that is there, while the next one has begun and has no preview yet. */
function isBeingMade(picture: Picture | undefined, ladder: Ladder | undefined): boolean {
  if (picture?.kind !== 'kept') return picture !== undefined;
  const stages = ladder?.stages ?? [];
  return stages[stages.findIndex(({ stage }) => stage === picture.stage) + 1]?.state.kind === 'running';
}

/** The frame of the edit at `nowMs`: the clip's own, one after the other at normal speed. Clips as long as each other go in step. */
export function frameInRound({ startFrame, lengthFrames }: Clip, { num, den }: FrameRate, nowMs: number): number {
  return startFrame + (Math.floor((nowMs * num) / (1000 * den)) % lengthFrames);
}

/** What the viewer shows: while something goes round a frame of that, moving at normal speed, else what the playhead shows. */
export function shownMoment(
  { playhead, rate }: { readonly playhead: number; readonly rate: number },
  { turned }: Pick<Looking, 'turned'>,
): { readonly playhead: number; readonly rate: number } {
  return rate === 0 && turned !== undefined ? { playhead: turned, rate: 1 } : { playhead, rate };
}

/** Takes that are being made now. */
export function takesBeingMade({ queue, previews }: Pick<WorkState, 'queue' | 'previews'>): ReadonlySet<TakeId> {
  const jobs = queue.kind === 'here' ? queue.jobs : [];
  const running = jobs.flatMap(({ state, target }) => (state.kind === 'running' && target ? [target.take] : []));
  return new Set([...previews.keys(), ...running]);
}
