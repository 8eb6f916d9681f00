/** Taking clips away: leaving a gap, or closing it. */
import type { Change } from '../change';
import { endFrame, type Clip } from '../clip';
import type { ClipId, TrackId } from '../ids';
import { clipsOfTrack } from '../order';
import type { Project } from '../project';
import { changeClips, clipsOf, refused } from './change-clips';
import { shifted } from './clip-shape';

/** Leaves gaps. */
export function removeClips(project: Project, { clipIds }: { readonly clipIds: readonly ClipId[] }): Change {
  clipsOf(project, clipIds);
  return changeClips(project, 'remove-clips', { remove: clipIds });
}

/**
 * Removes clips and draws what follows on their tracks together by as much time as they alone covered. So neighbours that only
 * dissolved into a removed clip end up next to one another.
 */
export function rippleDelete(project: Project, { clipIds }: { readonly clipIds: readonly ClipId[] }): Change {
  const gone = new Set(clipIds);
  const tracks = new Set(clipsOf(project, clipIds).map((clip) => clip.trackId));
  const put = [...tracks].flatMap((trackId) => drawnTogether(clipsOfTrack(project, trackId), gone));
  return changeClips(project, 'ripple-delete', { put, remove: clipIds });
}

export interface Gap {
  readonly trackId: TrackId;
  /** Any frame of the gap. */
  readonly atFrame: number;
}

/** Throws `invalid-argument` where there is no gap, or nothing behind it. */
export function closeGap(project: Project, { trackId, atFrame }: Gap): Change {
  const clips = clipsOfTrack(project, trackId);
  const next = clips.find((clip) => endFrame(clip) > atFrame);
  if (next === undefined || next.startFrame <= atFrame)
    throw refused(`There is no gap at frame ${atFrame} that something follows.`);
  const gapStart = Math.max(0, ...clips.filter((clip) => endFrame(clip) <= atFrame).map(endFrame));
  const put = clips
    .filter((clip) => clip.startFrame >= next.startFrame)
    .map((clip) => shifted(clip, gapStart - next.startFrame));
  return changeClips(project, 'close-gap', { put });
}

/** The clips that stay, earlier by what the removed ones before them covered alone. */
function drawnTogether(clips: readonly Clip[], gone: ReadonlySet<ClipId>): readonly Clip[] {
  const moved: Clip[] = [];
  let byFrames = 0;
  let keptUntil = 0;
  let coveredUntil = 0;
  for (const [index, clip] of clips.entries()) {
    if (!gone.has(clip.id)) {
      keptUntil = endFrame(clip);
      if (byFrames > 0) moved.push(shifted(clip, -byFrames));
      continue;
    }
    const next = clips[index + 1];
    const from = Math.max(clip.startFrame, keptUntil, coveredUntil);
    const to = next !== undefined && !gone.has(next.id) ? Math.min(endFrame(clip), next.startFrame) : endFrame(clip);
    coveredUntil = Math.max(coveredUntil, to);
    byFrames += Math.max(0, to - from);
  }
  return moved;
}
