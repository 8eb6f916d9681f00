/** From a stage of a take up to the top: what would be asked for, and whether it can be. Pure; `run` does it. */
import type { StageId, StageSpec } from '#shared/pack-manifest';
import type { Ladder, LadderStage } from '#shared/studio/ladder';

export interface Upwards {
  /** The first stage from there on that is not made as it would be now. */
  readonly from: StageId;
  readonly upTo: StageId;
}

/**
 * Made of what there is of the stage before, stale or not: nothing below is renewed. Undefined where everything from `id` on is made,
 * given or on its way, or where there is nothing to begin with.
 */
export function upwards(
  stages: readonly Pick<StageSpec, 'id'>[],
  ladder: Ladder | undefined,
  id: StageId,
): Upwards | undefined {
  const ofId = new Map(ladder?.stages.map((stage) => [stage.stage, stage]));
  const at = stages.findIndex((stage) => stage.id === id);
  const first = stages.findIndex((stage, index) => index >= at && isToMake(ofId.get(stage.id)));
  const [from, upTo, before] = [stages[first]?.id, stages.at(-1)?.id, stages[first - 1]?.id];
  if (at < 0 || from === undefined || upTo === undefined) return undefined;
  return before === undefined || ofId.get(before)?.shown !== undefined ? { from, upTo } : undefined;
}

function isToMake(stage: LadderStage | undefined): boolean {
  return stage !== undefined && ['empty', 'stale', 'failed'].includes(stage.state.kind);
}
