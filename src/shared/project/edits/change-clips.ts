/**
 * What every edit of clips comes down to: clips that are put (new or instead of what they were) and clips that go. No draft: the
 * patches follow from the clips directly, which spares a copy of 10,000 entries at each step of a drag.
 */
import { SluiceError } from '../../errors';
import { changeBy, type Change } from '../change';
import type { Clip } from '../clip';
import { entityPatches } from '../diff';
import type { EditLabel } from '../edit-labels';
import type { ClipId, TrackId } from '../ids';
import { changedOrders, clipsOfTrack } from '../order';
import type { Project } from '../project';
import { settle } from './settle';

export interface ClipChanges {
  readonly put?: readonly Clip[];
  readonly remove?: readonly ClipId[];
  /** New clips that take the place of another one as the neighbour of what follows: right halves of a split. */
  readonly heirs?: ReadonlyMap<ClipId, ClipId>;
}

const noHeirs: ReadonlyMap<ClipId, ClipId> = new Map();

/**
 * Makes the changes, and lets dissolves and fades of the tracks concerned follow. Throws `invalid-argument` for a locked track,
 * and for anything that would break an invariant, such as clips that cover one another.
 */
export function changeClips(project: Project, label: EditLabel, changes: ClipChanges): Change {
  const { put = [], remove = [], heirs = noHeirs } = changes;
  const after = new Map(put.map((clip): [ClipId, Clip] => [clip.id, clip]));
  const touched = new Set([...after.keys(), ...remove]);
  refuseLocked(project, label, [
    ...put.map((clip) => clip.trackId),
    ...[...touched].flatMap((id) => project.clips.get(id)?.trackId ?? []),
  ]);
  for (const [trackId, order] of changedOrders(project.clips, after, touched))
    if (order !== clipsOfTrack(project, trackId))
      for (const clip of settle(clipsOfTrack(project, trackId), order, heirs)) after.set(clip.id, clip);
  const gone = remove.flatMap((id) => entityPatches(['clips', id], project.clips.get(id), undefined));
  const there = [...after.values()].flatMap((clip) =>
    entityPatches(['clips', clip.id], project.clips.get(clip.id), clip),
  );
  return changeBy(project, label, [...gone, ...there]);
}

/** Throws `invalid-argument` if the project has no such clip. */
export function clipOf(project: Project, id: ClipId): Clip {
  const clip = project.clips.get(id);
  if (clip === undefined)
    throw new SluiceError('invalid-argument', `There is no clip ${id} in “${project.title}”: select one that exists.`);
  return clip;
}

export function clipsOf(project: Project, ids: readonly ClipId[]): readonly Clip[] {
  return ids.map((id) => clipOf(project, id));
}

export function refused(message: string): SluiceError {
  return new SluiceError('invalid-argument', message);
}

export function refuseLocked(project: Project, label: EditLabel, tracks: Iterable<TrackId>): void {
  for (const id of new Set(tracks)) {
    const track = project.tracks.get(id);
    if (track?.locked === true)
      throw new SluiceError('invalid-argument', `The track “${track.name}” is locked: unlock it first.`, {
        details: { edit: label, track: id },
      });
  }
}
