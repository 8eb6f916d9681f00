/** What making stages of takes would take, and what renews those that are stale. Pure. */
import type { StageId } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import { costOfLadder, sumOfCosts, type Cost, type Reach } from '#shared/studio/cost';
import type { Ladder } from '#shared/studio/ladder';
import type { StaleTake } from '#shared/studio/stale-takes';

export function costOf(ladders: ReadonlyMap<TakeId, Ladder>, takes: readonly TakeId[], reach: Reach = {}): Cost {
  return sumOfCosts(takes.map((take) => costOfLadder(ladders.get(take), reach)));
}

export function staleAmong(stale: readonly StaleTake[], takes: readonly TakeId[]): readonly StaleTake[] {
  const wanted = new Set(takes);
  return stale.filter(({ takeId }) => wanted.has(takeId));
}

export function costOfStale(stale: readonly StaleTake[]): Cost {
  return sumOfCosts(stale.map(({ cost }) => cost));
}

/** Takes that are stale up to the same stage, to be renewed together. */
export interface StaleRun {
  readonly takes: readonly TakeId[];
  readonly upTo: StageId;
}

export function staleRuns(stale: readonly StaleTake[]): readonly StaleRun[] {
  const runs = new Map<StageId, TakeId[]>();
  for (const { takeId, upTo } of stale) runs.set(upTo, [...(runs.get(upTo) ?? []), takeId]);
  return [...runs].map(([upTo, takes]) => ({ upTo, takes }));
}
