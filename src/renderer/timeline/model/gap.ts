/** Gaps: stretches of a track that nothing covers, and that something follows. */
import { endFrame } from '#shared/project/clip';
import type { TrackId } from '#shared/project/ids';
import { clipsOfTrack } from '#shared/project/order';
import type { Project } from '#shared/project/project';
import { firstIndex } from '#shared/project/in-sight';

export interface TrackGap {
  readonly trackId: TrackId;
  readonly fromFrame: number;
  /** First frame behind it. */
  readonly toFrame: number;
}

/** Undefined under a clip, and behind the last one. */
export function gapAt(project: Project, trackId: TrackId, frame: number): TrackGap | undefined {
  const clips = clipsOfTrack(project, trackId);
  const next = firstIndex(clips, (clip) => clip.startFrame > frame);
  const before = clips[next - 1];
  const after = clips[next];
  const fromFrame = before === undefined ? 0 : endFrame(before);
  if (after === undefined || frame < fromFrame) return undefined;
  return { trackId, fromFrame, toFrame: after.startFrame };
}

/** The same gap after an edit, as far as it is still one; undefined where it is gone. */
export function gapStill(project: Project, gap: TrackGap): TrackGap | undefined {
  const now = gapAt(project, gap.trackId, gap.fromFrame);
  return now?.fromFrame === gap.fromFrame && now.toFrame === gap.toFrame ? gap : undefined;
}
