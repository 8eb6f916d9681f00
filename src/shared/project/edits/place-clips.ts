/** New clips on the timeline: added, pasted, duplicated. Ids come from the caller, so that an edit is the same wherever it is made. */
import type { Change } from '../change';
import { endFrame, type Clip } from '../clip';
import type { EditLabel } from '../edit-labels';
import type { ClipId, TrackId } from '../ids';
import { clipsOfTrack } from '../order';
import type { Project } from '../project';
import { changeClips, clipsOf, refused } from './change-clips';
import { shifted } from './clip-shape';
import { trackBeside } from './move-clips';

/** Throws `invalid-argument` where they would cover others, or an id is taken. */
export function addClips(project: Project, { clips }: { readonly clips: readonly Clip[] }): Change {
  return placed(project, 'add-clips', clips, []);
}

export interface Paste {
  /** What was copied, with the ids and places it had. */
  readonly clips: readonly Clip[];
  /** A new id for each. */
  readonly ids: readonly ClipId[];
  readonly atFrame: number;
  /** Tracks up, or down where negative; absent: each onto the track it was on. */
  readonly byTracks?: number;
  /** `insert`: what lies behind `atFrame` on the tracks concerned makes room. */
  readonly mode: 'into-gap' | 'insert';
  readonly label?: EditLabel;
}

/**
 * The first clip lands at `atFrame`, the others keep their distance in time and between tracks. Throws `invalid-argument` where there
 * is no room, or no such track.
 */
export function pasteClips(project: Project, paste: Paste): Change {
  const { clips, ids, atFrame, byTracks = 0, mode, label = 'paste-clips' } = paste;
  if (ids.length !== clips.length) throw refused(`${clips.length} clips need as many new ids, not ${ids.length}.`);
  const from = Math.min(...clips.map((clip) => clip.startFrame));
  const copies = clips.flatMap((clip, index) => {
    const id = ids[index];
    const trackId = byTracks === 0 ? clip.trackId : trackBeside(project, clip.trackId, byTracks);
    return id === undefined ? [] : [{ ...shifted(clip, atFrame - from), id, trackId }];
  });
  const lengthFrames = Math.max(...clips.map(endFrame)) - from;
  const tracks = new Set(copies.map((clip) => clip.trackId));
  return placed(project, label, copies, mode === 'insert' ? roomMade(project, tracks, atFrame, lengthFrames) : []);
}

export interface Duplicate {
  readonly clipIds: readonly ClipId[];
  readonly ids: readonly ClipId[];
}

/** Copies them right behind themselves; what lies there makes room. */
export function duplicateClips(project: Project, { clipIds, ids }: Duplicate): Change {
  const clips = clipsOf(project, clipIds);
  const atFrame = Math.max(...clips.map(endFrame));
  return pasteClips(project, { clips, ids, atFrame, mode: 'insert', label: 'duplicate-clips' });
}

function placed(project: Project, label: EditLabel, clips: readonly Clip[], moved: readonly Clip[]): Change {
  const taken = clips.find((clip) => project.clips.has(clip.id));
  if (taken !== undefined) throw refused(`There is a clip ${taken.id} already: a new clip needs a new id.`);
  if (new Set(clips.map((clip) => clip.id)).size < clips.length)
    throw refused('Two of the new clips have the same id.');
  return changeClips(project, label, { put: [...moved, ...clips] });
}

/** Clips from `atFrame` on, later by `byFrames`. */
export function roomMade(
  project: Project,
  tracks: Iterable<TrackId>,
  atFrame: number,
  byFrames: number,
): readonly Clip[] {
  return [...tracks].flatMap((trackId) =>
    clipsOfTrack(project, trackId)
      .filter((clip) => clip.startFrame >= atFrame)
      .map((clip) => shifted(clip, byFrames)),
  );
}
