/** Which stage of a take an edit shows. One rule for the viewer and for exports. */
import type { StageId } from '../pack-manifest';
import type { Sha256 } from '../units';

export interface Rung {
  readonly stage: StageId;
  /** The address that its output has, or would have. */
  readonly key: Sha256;
  /** What there is of it: its output, or what was made of it before and is stale now. */
  readonly shown?: { readonly key: Sha256 } | undefined;
}

/**
 * The stage that a clip names, if anything of it is there. Where it names none: the highest that is there and up to date, else the
 * highest that is there at all. Whether a stage waits to be made anew changes nothing.
 */
export function shownStage<Stage extends Rung>(ladder: readonly Stage[], wanted?: StageId): Stage | undefined {
  if (wanted !== undefined) return ladder.find(({ stage, shown }) => stage === wanted && shown !== undefined);
  const upToDate = ladder.findLast(({ key, shown }) => shown?.key === key);
  return upToDate ?? ladder.findLast(({ shown }) => shown !== undefined);
}
