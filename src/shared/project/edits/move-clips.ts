/** Moving clips in time and between tracks. */
import type { Change } from '../change';
import type { Clip } from '../clip';
import type { ClipId, TrackId } from '../ids';
import type { Project } from '../project';
import { changeClips, clipsOf, refused } from './change-clips';
import { shifted } from './clip-shape';

export interface Move {
  readonly clipIds: readonly ClipId[];
  /** Later, or earlier where negative. */
  readonly byFrames: number;
  /** Tracks up, or down where negative, in the order of tracks. */
  readonly byTracks?: number;
}

/** Throws `invalid-argument` where they would cover others, start before 0, or leave the tracks of their kind. */
export function moveClips(project: Project, { clipIds, byFrames, byTracks = 0 }: Move): Change {
  const put = clipsOf(project, clipIds).map((clip): Clip => {
    const moved = shifted(clip, byFrames);
    if (moved.startFrame < 0)
      throw refused(`Clip ${clip.id} cannot move by ${byFrames} frames: it starts at ${clip.startFrame}.`);
    return byTracks === 0 ? moved : { ...moved, trackId: trackBeside(project, clip.trackId, byTracks) };
  });
  return changeClips(project, 'move-clips', { put });
}

/** Throws `invalid-argument` where there is none. */
export function trackBeside(project: Project, trackId: TrackId, byTracks: number): TrackId {
  const at = project.trackOrder.indexOf(trackId) + byTracks;
  const target = at < 0 ? undefined : project.trackOrder[at];
  if (target === undefined)
    throw refused(`There is no track ${Math.abs(byTracks)} ${byTracks > 0 ? 'above' : 'below'} ${trackId}: add one.`);
  return target;
}
