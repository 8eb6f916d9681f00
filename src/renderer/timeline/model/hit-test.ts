/** What lies under a point of the timeline. The same answer serves the pointer's shape, a press and a drop. */
import { endFrame, type Clip } from '#shared/project/clip';
import { clipAt } from '#shared/project/in-sight';
import { clipsOfTrack } from '#shared/project/order';
import type { Project } from '#shared/project/project';
import { gapAt, type TrackGap } from './gap';
import { handleAt, type Handle } from './handles';
import { neighbours } from './neighbours';
import { rowAt, type Row } from './rows';
import { frameAt, xOf, type Scale } from './scale';
import { nothingSelected, type Selection } from './selection';

export type Hit =
  | { readonly kind: 'clip'; readonly clip: Clip; readonly row: Row }
  /** Near an edge; `isCut`: another clip touches it there. */
  | {
      readonly kind: 'edge';
      readonly clip: Clip;
      readonly edge: 'start' | 'end';
      readonly isCut: boolean;
      readonly row: Row;
    }
  | { readonly kind: 'handle'; readonly clip: Clip; readonly handle: Handle; readonly row: Row }
  | { readonly kind: 'ladder'; readonly row: Row }
  | { readonly kind: 'gap'; readonly gap: TrackGap; readonly row: Row }
  | { readonly kind: 'empty'; readonly row: Row | undefined };

export type Edge = 'start' | 'end';

/** Pixels on both sides of an edge that count as the edge, inside at most a quarter of the clip, so that short clips can be moved. */
const edgePixels = 6;

/** `x`, `y` from the left and top of the first row, as shown. */
export function hitTest(
  project: Project,
  rows: readonly Row[],
  scale: Scale,
  x: number,
  y: number,
  selection: Selection = nothingSelected,
): Hit {
  const row = rowAt(rows, y);
  if (row === undefined || y >= row.top + row.height + row.ladderHeight) return { kind: 'empty', row: undefined };
  if (y >= row.top + row.height) return { kind: 'ladder', row };
  const clips = clipsOfTrack(project, row.track.id);
  const clip = clipAt(clips, frameAt(scale, x)) ?? near(clips, scale, x);
  if (clip === undefined) {
    const gap = gapAt(project, row.track.id, frameAt(scale, x));
    return gap === undefined ? { kind: 'empty', row } : { kind: 'gap', gap, row };
  }
  const isSelected = selection.size === 1 && selection.has(clip.id);
  const handle = handleAt(project, scale, { clip, row, isSelected }, x, y);
  if (handle !== undefined) return { kind: 'handle', clip, handle, row };
  const edge = edgeAt(scale, clip, x);
  if (edge === undefined) return { kind: 'clip', clip, row };
  return { kind: 'edge', clip, edge, isCut: touches(clips, clip, edge), row };
}

/** The clip whose edge is a few pixels beside a point in a gap. */
function near(clips: readonly Clip[], scale: Scale, x: number): Clip | undefined {
  return (
    clipAt(clips, frameAt(scale, x - edgePixels / 2)) ?? clipAt(clips, Math.floor(frameAt(scale, x + edgePixels / 2)))
  );
}

function edgeAt(scale: Scale, clip: Clip, x: number): Edge | undefined {
  const left = xOf(scale, clip.startFrame);
  const right = xOf(scale, endFrame(clip));
  const reach = Math.min(edgePixels, (right - left) / 4);
  if (x < left + reach) return 'start';
  return x > right - reach ? 'end' : undefined;
}

function touches(clips: readonly Clip[], clip: Clip, edge: Edge): boolean {
  const { previous, next } = neighbours(clips, clip);
  if (edge === 'start') return previous !== undefined && endFrame(previous) >= clip.startFrame;
  return next !== undefined && next.startFrame <= endFrame(clip);
}
