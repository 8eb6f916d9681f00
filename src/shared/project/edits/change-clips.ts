/**
 * What every edit of clips comes down to: clips that are put (new or instead of what they were) and clips that go. No draft: the
 * clips are at hand, and 10,000 of them are copied once at each step of a drag.
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
  const clips = new Map(project.clips);
  const touched = new Set<ClipId>();
  const set = (clip: Clip): void => {
    clips.set(clip.id, clip);
    touched.add(clip.id);
  };
  put.forEach(set);
  for (const id of remove) {
    clips.delete(id);
    touched.add(id);
  }
  const orders = changedOrders(project.clips, clips, touched);
  const concerned = [...orders].filter(([trackId, order]) => order !== clipsOfTrack(project, trackId));
  const tracks = new Set(concerned.map(([trackId]) => trackId));
  refuseLocked(project, label, tracks);
  for (const [trackId, order] of concerned) {
    const settled = settle(clipsOfTrack(project, trackId), order, heirs);
    if (settled.length === 0) continue;
    settled.forEach(set);
    orders.set(
      trackId,
      order.map((clip) => clips.get(clip.id) ?? clip),
    );
  }
  const changed = changedBeyondPlace(project.clips, clips, touched);
  for (const clip of changed) refuseUnfit(clip);
  rememberOrders(clips, orders);
  return changeTo(project, label, { ...project, clips }, new Map([['clips', touched]]), { tracks, changed });
}

/** A ripple moves thousands of clips and changes nothing else of them: those are looked at no further. */
function changedBeyondPlace(
  before: ReadonlyMap<ClipId, Clip>,
  after: ReadonlyMap<ClipId, Clip>,
  touched: ReadonlySet<ClipId>,
): readonly Clip[] {
  const changed: Clip[] = [];
  for (const id of touched) {
    const is = after.get(id);
    const was = before.get(id);
    if (is === undefined) continue;
    if (was === undefined || !onlyMoved(was, is) || !isFrame(is.startFrame)) changed.push(is);
  }
  return changed;
}

function refuseUnfit(clip: Clip): void {
  const parsed = clipSchema.safeParse(clip);
  if (!parsed.success) throw refused(`The change to ${clip.id} cannot be made: ${z.prettifyError(parsed.error)}`);
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
