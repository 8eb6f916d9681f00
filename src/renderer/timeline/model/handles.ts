/**
 * The handles of a clip, where they stand and which one a point meets: fades and dissolves at its upper corners, its level as a line
 * across. The same places are painted and grabbed.
 */
import { endFrame, type Clip } from '#shared/project/clip';
import { clipsOfTrack } from '#shared/project/order';
import type { Project } from '#shared/project/project';
import type { Edge } from './hit-test';
import { neighbours } from './neighbours';
import type { Row } from './rows';
import { xOf, type Scale } from './scale';

export type Handle =
  | { readonly kind: 'fade'; readonly edge: Edge }
  /** Between `clip` and its neighbour at that edge. */
  | { readonly kind: 'dissolve'; readonly edge: Edge }
  /** Its opacity, or on a track of sound its volume. */
  | { readonly kind: 'level' };

/** Of the strip on top that holds the name. */
export const namePixels = 16;
/** Around the middle of a handle, to both sides. */
const handleReach = 6;
/** From the corner to a handle that stands at 0. */
const cornerPixels = 9;
/** A clip that is narrower, or a lane that is lower, has no handles: it could not be moved any more. */
const leastWidth = 40;
const leastHeight = 34;

/** Volume: the upper edge is twice as loud. */
const mostVolume = 2;

export interface CornerHandle {
  readonly handle: Extract<Handle, { kind: 'fade' | 'dissolve' }>;
  readonly x: number;
}

/** Empty where the clip has no room for them. */
export function cornerHandles(project: Project, scale: Scale, clip: Clip, row: Row): readonly CornerHandle[] {
  const left = xOf(scale, clip.startFrame);
  const right = xOf(scale, endFrame(clip));
  if (right - left < leastWidth || row.height < leastHeight) return [];
  const { previous, next } = neighbours(clipsOfTrack(project, clip.trackId), clip);
  const dissolvesIn = previous !== undefined && endFrame(previous) >= clip.startFrame;
  const dissolvesOut = next !== undefined && next.startFrame <= endFrame(clip);
  const into = dissolvesIn ? clip.dissolveInFrames : clip.fadeInFrames;
  const outOf = dissolvesOut ? next.dissolveInFrames : clip.fadeOutFrames;
  return [
    {
      handle: { kind: dissolvesIn ? 'dissolve' : 'fade', edge: 'start' },
      x: left + Math.max(cornerPixels, into * scale.pixelsPerFrame),
    },
    {
      handle: { kind: dissolvesOut ? 'dissolve' : 'fade', edge: 'end' },
      x: right - Math.max(cornerPixels, outOf * scale.pixelsPerFrame),
    },
  ];
}

/** Where the line of the level stands, from the top of the rows; undefined where there is no room for one. */
export function levelY(clip: Clip, { track, top, height }: Row): number | undefined {
  if (height < leastHeight) return undefined;
  const share = track.kind === 'video' ? clip.opacity : clip.volume / mostVolume;
  const room = levelPixels(height);
  return top + 2 + namePixels + (1 - Math.min(1, share)) * room;
}

/** Pixels from full to nothing. */
export function levelPixels(rowHeight: number): number {
  return rowHeight - namePixels - 9;
}

/** From 0 to 1 for opacity, to 2 for volume, by hundredths. */
export function levelAfter(clip: Clip, row: Row, byPixels: number): number {
  const most = row.track.kind === 'video' ? 1 : mostVolume;
  const now = row.track.kind === 'video' ? clip.opacity : clip.volume;
  const next = now - (byPixels / levelPixels(row.height)) * most;
  return Math.round(Math.min(most, Math.max(0, next)) * 100) / 100;
}

/** `isSelected`: the line of the level is only there for the clip that is. */
export function handleAt(
  project: Project,
  scale: Scale,
  { clip, row, isSelected }: { readonly clip: Clip; readonly row: Row; readonly isSelected: boolean },
  x: number,
  y: number,
): Handle | undefined {
  if (y - row.top < namePixels) {
    const near = cornerHandles(project, scale, clip, row).filter((corner) => Math.abs(corner.x - x) <= handleReach);
    const [first, second] = near;
    if (first === undefined || second === undefined) return first?.handle;
    return Math.abs(first.x - x) <= Math.abs(second.x - x) ? first.handle : second.handle;
  }
  const line = isSelected ? levelY(clip, row) : undefined;
  return line !== undefined && Math.abs(line - y) <= 3 ? { kind: 'level' } : undefined;
}
