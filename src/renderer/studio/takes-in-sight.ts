/**
 * Of which takes a window needs the ladders: those that it shows, and as many of the others as there is room for, those first that
 * it is likely to show next. Pure, and asked while a person scrolls: what is needed is found in time that grows with what is shown.
 */
import { endFrame, type Clip } from '#shared/project/clip';
import type { ClipId, TakeId } from '#shared/project/ids';
import { clipsBetween } from '#shared/project/in-sight';
import { clipsOfTrack } from '#shared/project/order';
import type { Project } from '#shared/project/project';
import { rowsOf, type TrackHeights } from '../timeline/model/rows';
import { frameAt } from '../timeline/model/scale';
import { mostSides, type Looking } from '../viewer/looking';
import type { TimelineState } from './timeline-store';

/** Where a person stands. */
export interface Standpoint
  extends
    Pick<TimelineState, 'playhead' | 'scale' | 'width' | 'sight' | 'selection' | 'opened'>,
    Pick<Looking, 'mode' | 'sides'> {
  readonly heights: TrackHeights;
  /** In sight in lists. */
  readonly seen: ReadonlySet<TakeId>;
}

/** As many as main sends at once: the most of `laddersRequestSchema`. */
export const mostTakes = 200;
/** Of a large selection: what is in sight shall have room beside it. */
const mostSelected = 30;
/** Of a timeline where more is in sight than anyone could look at: lists, and what the playhead comes to next, shall have room, too. */
const mostInTimeline = 120;
const mostAhead = 30;
/** Narrower, a clip shows no picture that could be made out. Pixels. */
const leastPixels = 4;
/** An open ladder, sixteen lanes of 32 pixels at most, pushes the rows beneath it so far down. */
const mostLadderPixels = 512;

/** At the playhead, in the viewer, selected, in the timeline, in lists: in this order, at most `mostTakes`. */
export function takesNeeded(project: Project, at: Standpoint): ReadonlySet<TakeId> {
  const { playhead, selection, opened } = at;
  const needed = new Set<TakeId>([
    ...takesOf(clipsOfTracks(project, project.trackOrder, playhead, playhead + 1)),
    ...takesOf(clipsOf(project, opened === undefined ? [] : [opened])),
    ...takesOf(clipsOf(project, firstOf(selection, mostSelected))),
    ...takesSideBySide(project, at),
    ...firstOf(takesOf(clipsInSight(project, at)), mostInTimeline),
    ...at.seen,
  ]);
  return new Set(firstOf(existing(project, needed), mostTakes));
}

/** `takesNeeded`, and then those around them: at most `mostTakes`. The project is gone through once. */
export function takesToFollow(project: Project, at: Standpoint): ReadonlySet<TakeId> {
  const { playhead, selection, scale, width } = at;
  const left = Math.floor(scale.leftFrame);
  const shown = Math.ceil(width / scale.pixelsPerFrame);
  const around = new Set<TakeId>([
    ...takesNeeded(project, at),
    ...takesOf(clipsOfTracks(project, project.trackOrder, playhead, playhead + shown).slice(0, mostAhead)),
    ...takesOf(clipsOfTracks(project, project.trackOrder, left - shown, left + 2 * shown)),
    ...takesOf(clipsOf(project, selection)),
    ...takesOf(project.clips.values()),
    ...[...project.takes.keys()].toReversed(),
  ]);
  return new Set(firstOf(existing(project, around), mostTakes));
}

/** Those that are wide enough to show something; they alone are put in order, however many there are. */
function clipsInSight(project: Project, { scale, width, sight, heights, opened }: Standpoint): readonly Clip[] {
  const top = sight.top - (opened === undefined ? 0 : mostLadderPixels);
  const tracks = rowsOf(project, new Map(), heights)
    .filter((row) => row.top < sight.top + sight.height && row.top + row.height > top)
    .map(({ track }) => track.id);
  const isWide = ({ lengthFrames }: Clip): boolean => lengthFrames * scale.pixelsPerFrame >= leastPixels;
  return clipsOfTracks(project, tracks, Math.floor(scale.leftFrame), Math.ceil(frameAt(scale, width)), isWide);
}

/** Those that are compared: chosen ones, else the first ones of the selected shot. */
function takesSideBySide(project: Project, { mode, sides, selection }: Standpoint): readonly TakeId[] {
  const [clip] = clipsOf(project, firstOf(selection, 1));
  if (mode !== 'compare' || clip?.source.kind !== 'shot') return [];
  const { shotId } = clip.source;
  const ofShot = [...project.takes.values()].filter((take) => take.shotId === shotId);
  const first = ofShot.sort((a, b) => a.number - b.number).slice(0, mostSides);
  return [...sides, ...first.map(({ id }) => ({ takeId: id }))].map(({ takeId }) => takeId);
}

/** In the order of time, whatever their track. */
function clipsOfTracks(
  project: Project,
  tracks: readonly Clip['trackId'][],
  fromFrame: number,
  toFrame: number,
  isWanted: (clip: Clip) => boolean = () => true,
): readonly Clip[] {
  return tracks
    .flatMap((id) => clipsBetween(clipsOfTrack(project, id), fromFrame, toFrame).filter(isWanted))
    .sort((a, b) => endFrame(a) - endFrame(b));
}

function clipsOf({ clips }: Project, ids: Iterable<ClipId>): readonly Clip[] {
  return [...ids].flatMap((id) => clips.get(id) ?? []);
}

function takesOf(clips: Iterable<Clip>): readonly TakeId[] {
  return [...clips].flatMap(({ source }) => (source.kind === 'shot' ? [source.takeId] : []));
}

function existing({ takes }: Project, ids: Iterable<TakeId>): readonly TakeId[] {
  return [...ids].filter((id) => takes.has(id));
}

function firstOf<Item>(items: Iterable<Item>, most: number): readonly Item[] {
  const first: Item[] = [];
  for (const item of items) {
    if (first.length >= most) break;
    first.push(item);
  }
  return first;
}
