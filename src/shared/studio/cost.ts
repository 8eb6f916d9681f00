/** What making stages would take, from the ladders that main sends: counted before anything runs. Pure. */
import { z } from 'zod';
import type { StageId } from '../pack-manifest';
import type { Ladder, LadderStage } from './ladder';

export const costSchema = z.strictObject({
  /** To be made. */
  stages: z.int().nonnegative(),
  /** Of those whose speed was measured on this machine. */
  seconds: z.number().nonnegative(),
  /** Stages whose speed was not: `seconds` is without them. */
  unmeasured: z.int().nonnegative(),
  /** At most: frames are compressed when they are kept. */
  diskBytes: z.number().nonnegative(),
});
export type Cost = z.infer<typeof costSchema>;

export interface Reach {
  /** Absent: the last stage. */
  readonly upTo?: StageId | undefined;
  /** Absent: the first one. */
  readonly from?: StageId | undefined;
}

/** Stages that wait or run already cost nothing more. */
export function costOfLadder(ladder: Ladder | undefined, reach: Reach = {}): Cost {
  const toMake = stagesWithin(ladder, reach).filter(isToMake);
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

function stagesWithin(ladder: Ladder | undefined, { upTo, from }: Reach): readonly LadderStage[] {
  const stages = ladder?.stages ?? [];
  const first = from === undefined ? 0 : stages.findIndex(({ stage }) => stage === from);
  const last = upTo === undefined ? stages.length - 1 : stages.findIndex(({ stage }) => stage === upTo);
  return first < 0 ? [] : stages.slice(first, last + 1);
}

function isToMake({ state }: LadderStage): boolean {
  return state.kind === 'empty' || state.kind === 'stale' || state.kind === 'failed';
}
