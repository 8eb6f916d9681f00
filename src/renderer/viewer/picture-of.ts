/** What can be shown of a take: a live preview, or the frames of a stage that were kept. Pure. */
import { shownStage } from '#shared/edit/shown-stage';
import type { StageId } from '#shared/pack-manifest';
import type { ArtifactFacts } from '#shared/studio/artifact-facts';
import type { Ladder, LadderStage } from '#shared/studio/ladder';
import type { LivePreview } from '../studio/work-store';

export type Picture =
  | { readonly kind: 'preview'; readonly live: LivePreview }
  | { readonly kind: 'kept'; readonly stage: StageId; readonly artifact: ArtifactFacts };

/**
 * Of stage `stage`, or where none is named, of the one that the edit shows. A preview is newer than what was kept of its own stage, of
 * lower ones, and of any that are stale.
 */
export function pictureOf(
  ladder: Ladder | undefined,
  live: LivePreview | undefined,
  stage?: StageId,
): Picture | undefined {
  const stages = ladder?.stages ?? [];
  const kept = shownStage(stages, stage);
  if (live !== undefined && (stage === undefined ? isAbove(stages, live.stage, kept) : live.stage === stage))
    return { kind: 'preview', live };
  return kept?.shown && { kind: 'kept', stage: kept.stage, artifact: kept.shown };
}

function isAbove(stages: readonly LadderStage[], stage: StageId, kept: LadderStage | undefined): boolean {
  const isUpToDate = kept !== undefined && kept.shown?.key === kept.key;
  return stages.findIndex((each) => each.stage === stage) > (isUpToDate ? stages.indexOf(kept) : -1);
}
