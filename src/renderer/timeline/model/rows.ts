/** The timeline's rows from top to bottom: tracks, the topmost first, each with the ladder that is open on it. */
import type { TrackId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { Track } from '#shared/project/track';

export interface Row {
  readonly track: Track;
  /** Pixels from the top of the first row. */
  readonly top: number;
  /** Of the track's own lane. */
  readonly height: number;
  /** Of the lanes below it that belong to an open ladder; 0: none. */
  readonly ladderHeight: number;
}

export const videoRowPixels = 60;
const audioRowPixels = 40;
/** A lane can be made so low or high: a name at least, at most a picture worth looking at. */
export const leastRowPixels = 24;
export const mostRowPixels = 200;

/** Heights that somebody chose, by track; a track that is not there is as high as its kind usually is. */
export type TrackHeights = Readonly<Record<string, number>>;

export function trackPixels({ id, kind }: Pick<Track, 'id' | 'kind'>, heights: TrackHeights): number {
  const chosen = heights[id] ?? (kind === 'video' ? videoRowPixels : audioRowPixels);
  return Math.min(mostRowPixels, Math.max(leastRowPixels, Math.round(chosen)));
}

/** `ladderPixels`: heights of open ladders, by the track they are on. */
export function rowsOf(
  project: Pick<Project, 'tracks' | 'trackOrder'>,
  ladderPixels: ReadonlyMap<TrackId, number> = new Map(),
  heights: TrackHeights = {},
): readonly Row[] {
  let top = 0;
  return project.trackOrder.toReversed().flatMap((id) => {
    const track = project.tracks.get(id);
    if (track === undefined) return [];
    const height = trackPixels(track, heights);
    const row: Row = { track, top, height, ladderHeight: ladderPixels.get(id) ?? 0 };
    top += height + row.ladderHeight;
    return [row];
  });
}

export function rowsHeight(rows: readonly Row[]): number {
  const last = rows.at(-1);
  return last === undefined ? 0 : last.top + last.height + last.ladderHeight;
}

/** The row whose lane or ladder lies at `y`; above the first the first, below the last the last. */
export function rowAt(rows: readonly Row[], y: number): Row | undefined {
  return rows.findLast((row) => row.top <= y) ?? rows[0];
}

/** How many tracks the pointer went up, in the order of tracks, from one row to another. */
export function tracksUp(rows: readonly Row[], from: Row, to: Row): number {
  return rows.indexOf(from) - rows.indexOf(to);
}
