/** The tracks themselves. */
import { change, type Change } from '../change';
import type { TrackId } from '../ids';
import { clipsOfTrack } from '../order';
import type { Project } from '../project';
import type { Track } from '../track';
import { refuseLocked, refused } from './change-clips';

export interface NewTrack {
  readonly track: Track;
  /** Its place in the order, from 0 at the bottom; absent: on top. */
  readonly at?: number;
}

export function addTrack(project: Project, { track, at = project.trackOrder.length }: NewTrack): Change {
  if (project.tracks.has(track.id)) throw refused(`There is a track ${track.id} already: a new track needs a new id.`);
  return change(project, 'add-track', (draft) => {
    draft.tracks.set(track.id, track);
    draft.trackOrder = project.trackOrder.toSpliced(at, 0, track.id);
  });
}

/** Removes its clips too. Throws `invalid-argument` while it is locked. */
export function removeTrack(project: Project, { trackId }: { readonly trackId: TrackId }): Change {
  trackOf(project, trackId);
  refuseLocked(project, 'remove-track', [trackId]);
  return change(project, 'remove-track', (draft) => {
    for (const clip of clipsOfTrack(project, trackId)) draft.clips.delete(clip.id);
    draft.tracks.delete(trackId);
    draft.trackOrder = project.trackOrder.filter((id) => id !== trackId);
  });
}

export interface TrackMove {
  readonly trackId: TrackId;
  /** Its place after the move, from 0 at the bottom. */
  readonly to: number;
}

export function moveTrack(project: Project, { trackId, to }: TrackMove): Change {
  trackOf(project, trackId);
  if (to < 0 || to >= project.trackOrder.length)
    throw refused(`There is no place ${to} for a track: there are ${project.trackOrder.length}, counted from 0.`);
  return change(project, 'move-track', (draft) => {
    draft.trackOrder = project.trackOrder.filter((id) => id !== trackId).toSpliced(to, 0, trackId);
  });
}

export interface TrackChange extends Partial<Pick<Track, 'name' | 'muted' | 'locked'>> {
  readonly trackId: TrackId;
}

export function changeTrack(project: Project, { trackId, ...fields }: TrackChange): Change {
  const track = { ...trackOf(project, trackId), ...fields };
  return change(project, 'change-track', (draft) => {
    draft.tracks.set(trackId, track);
  });
}

function trackOf(project: Project, id: TrackId): Track {
  const track = project.tracks.get(id);
  if (track === undefined) throw refused(`There is no track ${id} in “${project.title}”.`);
  return track;
}
