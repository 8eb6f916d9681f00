/** What making stages would take, from the ladders that main sends: counted before anything runs. Pure. */
import type { StageId } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import type { Ladder, LadderStage } from '#shared/studio/ladder';

export interface Cost {
  /** To be made. */
  readonly stages: number;
  /** Of those whose speed was measured on this machine. */
  readonly seconds: number;
  /** Stages whose speed was not: `seconds` is without them. */
  readonly unmeasured: number;
  /** At most: frames are compressed when they are kept. */
  readonly diskBytes: number;
}

export interface Reach {
  /** Absent: the last stage. */
  readonly upTo?: StageId | undefined;
  /** Absent: the first one. */
  readonly from?: StageId | undefined;
}

type Ladders = ReadonlyMap<TakeId, Ladder>;

/** Stages that wait or run already cost nothing more. */
export function costOf(ladders: Ladders, takes: readonly TakeId[], reach: Reach = {}): Cost {
  const toMake = takes.flatMap((take) => stagesWithin(ladders.get(take), reach).filter(isToMake));
  return {
    stages: toMake.length,
    seconds: toMake.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
    unmeasured: toMake.filter(({ seconds }) => seconds === undefined).length,
    diskBytes: toMake.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
  };
}

export function sumOfCosts(costs: readonly Cost[]): Cost {
  const none: Cost = { stages: 0, seconds: 0, unmeasured: 0, diskBytes: 0 };
  return costs.reduce(
    (sum, cost) => ({
      stages: sum.stages + cost.stages,
      seconds: sum.seconds + cost.seconds,
      unmeasured: sum.unmeasured + cost.unmeasured,
      diskBytes: sum.diskBytes + cost.diskBytes,
    }),
    none,
  );
}

/** Takes that are stale up to the same stage, to be renewed together. */
export interface StaleRun {
  readonly takes: readonly TakeId[];
  readonly upTo: StageId;
}

/** What renews every stale stage of `takes`, and makes nothing that was never there. */
export function staleRuns(ladders: Ladders, takes: readonly TakeId[]): readonly StaleRun[] {
  const runs = new Map<StageId, TakeId[]>();
  for (const take of takes) {
    const upTo = ladders.get(take)?.stages.findLast(({ state }) => state.kind === 'stale')?.stage;
    if (upTo !== undefined) runs.set(upTo, [...(runs.get(upTo) ?? []), take]);
  }
  return [...runs].map(([upTo, together]) => ({ upTo, takes: together }));
}

export function costOfRuns(ladders: Ladders, runs: readonly StaleRun[]): Cost {
  return sumOfCosts(runs.map(({ takes, upTo }) => costOf(ladders, takes, { upTo })));
}

function stagesWithin(ladder: Ladder | undefined, { upTo, from }: Reach): readonly LadderStage[] {
  const stages = ladder?.stages ?? [];
  const first = from === undefined ? 0 : stages.findIndex(({ stage }) => stage === from);
  const last = upTo === undefined ? stages.length - 1 : stages.findIndex(({ stage }) => stage === upTo);
  return first < 0 ? [] : stages.slice(first, last + 1);
}

function isToMake({ state }: LadderStage): boolean {
  return state.kind === 'empty' || state.kind === 'stale' || state.kind === 'failed';
}
