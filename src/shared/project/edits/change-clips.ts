/**
 * What every edit of clips comes down to: clips that are put (new or instead of what they were) and clips that go. No draft: the
 * clips are at hand, and a copy of 10,000 entries is spared at each step of a drag.
 */
import { z } from 'zod';
import { SluiceError } from '../../errors';
import { changeTo, type Change } from '../change';
import { clipSchema, onlyMoved, type Clip } from '../clip';
import type { EditLabel } from '../edit-labels';
import type { ClipId, TrackId } from '../ids';
import { changedOrders, clipsOfTrack, rememberOrders } from '../order';
import type { Project } from '../project';
import { isFrame } from '../time';
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
  const after = new Map<ClipId, Clip>();
  for (const clip of put) after.set(clip.id, clip);
  const touched = new Set(after.keys());
  for (const id of remove) touched.add(id);
  const orders = changedOrders(project.clips, after, touched);
  const concerned = [...orders].filter(([trackId, order]) => order !== clipsOfTrack(project, trackId));
  refuseLocked(
    project,
    label,
    concerned.map(([trackId]) => trackId),
  );
  for (const [trackId, order] of concerned) {
    const settled = settle(clipsOfTrack(project, trackId), order, heirs);
    if (settled.length === 0) continue;
    for (const clip of settled) {
      after.set(clip.id, clip);
      touched.add(clip.id);
    }
    orders.set(
      trackId,
      order.map((clip) => after.get(clip.id) ?? clip),
    );
  }
  const clips = new Map(project.clips);
  for (const id of remove) clips.delete(id);
  for (const clip of after.values()) clips.set(clip.id, checked(clip, project.clips.get(clip.id)));
  rememberOrders(clips, orders);
  return changeTo(project, label, { ...project, clips }, new Map([['clips', touched]]));
}

/** A ripple moves thousands of clips and changes nothing else of them: those are not parsed whole. Throws `invalid-argument`. */
function checked(clip: Clip, was: Clip | undefined): Clip {
  if (was !== undefined && onlyMoved(was, clip) && isFrame(clip.startFrame)) return clip;
  const parsed = clipSchema.safeParse(clip);
  if (parsed.success) return clip;
  throw refused(`The change to ${clip.id} cannot be made: ${z.prettifyError(parsed.error)}`);
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
