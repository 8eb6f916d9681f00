/** What can be shown of a take: a live preview, or the frames of a stage that were kept. Pure. */
import type { StageId } from '#shared/pack-manifest';
import type { ArtifactFacts } from '#shared/studio/artifact-facts';
import type { Ladder } from '#shared/studio/ladder';
import type { LivePreview } from '../studio/work-store';

export type Picture =
  | { readonly kind: 'preview'; readonly live: LivePreview }
  | { readonly kind: 'kept'; readonly stage: StageId; readonly artifact: ArtifactFacts };

/**
 * Of stage `stage`, or where none is named, of the highest there is; a preview counts as its stage, and is newer than what was kept
 * of it.
 */
export function pictureOf(
  ladder: Ladder | undefined,
  live: LivePreview | undefined,
  stage?: StageId,
): Picture | undefined {
  const stages = ladder?.stages ?? [];
  if (stage !== undefined) {
    if (live?.stage === stage) return { kind: 'preview', live };
    const artifact = stages.find((each) => each.stage === stage)?.shown;
    return artifact && { kind: 'kept', stage, artifact };
  }
  const highest = stages.findLastIndex((each) => each.shown !== undefined && each.state.kind !== 'stale');
  const liveAt = stages.findIndex((each) => each.stage === live?.stage);
  if (live !== undefined && liveAt > highest) return { kind: 'preview', live };
  const best = stages[highest] ?? stages.findLast((each) => each.shown !== undefined);
  return best?.shown && { kind: 'kept', stage: best.stage, artifact: best.shown };
}
