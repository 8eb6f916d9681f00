/**
 * The clips of a track in the order of time, without a sort per question: derived once per state of the clips, and from one state
 * to the next in one pass over the tracks that an edit touched.
 */
import type { Clip } from './clip';
import type { TrackId } from './ids';
import type { Project } from './project';

type Clips = ReadonlyMap<string, Clip>;
export type TrackOrders = ReadonlyMap<TrackId, readonly Clip[]>;

const known = new WeakMap<Clips, TrackOrders>();
const noClips: readonly Clip[] = [];

/** Sorted by start. */
export function clipsOfTrack(project: Pick<Project, 'clips'>, trackId: TrackId): readonly Clip[] {
  return trackOrders(project.clips).get(trackId) ?? noClips;
}

export function trackOrders(clips: Clips): TrackOrders {
  const orders = known.get(clips) ?? sortedByTrack(clips.values());
  known.set(clips, orders);
  return orders;
}

/** Remembers the orders of `after`, which differs from `before` in the clips `touched` (changed, added or removed) only. */
export function carryOrders(before: Clips, after: Clips, touched: ReadonlySet<string>): void {
  if (!known.has(after)) known.set(after, changedOrders(before, after, touched));
}

/** Remembers orders that are known already. They must be what sorting `clips` would give. */
export function rememberOrders(clips: Clips, orders: TrackOrders): void {
  known.set(clips, orders);
}

/** The orders after a change, before it is made. `after` needs to know the touched clips only. */
export function changedOrders(
  before: Clips,
  after: Pick<Clips, 'get'>,
  touched: ReadonlySet<string>,
): Map<TrackId, readonly Clip[]> {
  const orders = new Map(trackOrders(before));
  const arrived: Clip[] = [];
  const tracks = new Set<TrackId>();
  for (const id of touched) {
    const from = before.get(id);
    if (from !== undefined) tracks.add(from.trackId);
    const to = after.get(id);
    if (to === undefined) continue;
    tracks.add(to.trackId);
    arrived.push(to);
  }
  const arrivedByTrack = sortedByTrack(arrived);
  for (const trackId of tracks) {
    const stayed = (orders.get(trackId) ?? noClips).filter((clip) => !touched.has(clip.id));
    orders.set(trackId, merged(stayed, arrivedByTrack.get(trackId) ?? noClips));
  }
  return orders;
}

function sortedByTrack(clips: Iterable<Clip>): Map<TrackId, readonly Clip[]> {
  const orders = new Map<TrackId, Clip[]>();
  for (const clip of clips) {
    const order = orders.get(clip.trackId);
    if (order === undefined) orders.set(clip.trackId, [clip]);
    else order.push(clip);
  }
  for (const order of orders.values()) order.sort(byStart);
  return orders;
}

/** Of two sorted runs; where clips start together, those of `a` come first. */
function merged(a: readonly Clip[], b: readonly Clip[]): readonly Clip[] {
  const order: Clip[] = [];
  let next = 0;
  for (const clip of b) {
    for (let one = a[next]; one !== undefined && one.startFrame <= clip.startFrame; one = a[next]) {
      order.push(one);
      next += 1;
    }
    order.push(clip);
  }
  for (const clip of a.slice(next)) order.push(clip);
  return order;
}

function byStart(a: Clip, b: Clip): number {
  return a.startFrame - b.startFrame;
}
