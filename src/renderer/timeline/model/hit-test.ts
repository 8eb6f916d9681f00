/** What lies under a point of the timeline. The same answer serves the pointer's shape, a press and a drop. */
import { endFrame, type Clip } from '#shared/project/clip';
import { clipsOfTrack } from '#shared/project/order';
import type { Project } from '#shared/project/project';
import { clipAt } from '#shared/project/in-sight';
import { rowAt, type Row } from './rows';
import { frameAt, xOf, type Scale } from './scale';

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
  | { readonly kind: 'ladder'; readonly row: Row }
  | { readonly kind: 'empty'; readonly row: Row | undefined };

export type Edge = 'start' | 'end';

/** Pixels on both sides of an edge that count as the edge, inside at most a quarter of the clip, so that short clips can be moved. */
const edgePixels = 6;

/** `x`, `y` from the left and top of the first row, as shown. */
export function hitTest(project: Project, rows: readonly Row[], scale: Scale, x: number, y: number): Hit {
  const row = rowAt(rows, y);
  if (row === undefined || y >= row.top + row.height + row.ladderHeight) return { kind: 'empty', row: undefined };
  if (y >= row.top + row.height) return { kind: 'ladder', row };
  const clips = clipsOfTrack(project, row.track.id);
  const clip = clipAt(clips, frameAt(scale, x)) ?? near(clips, scale, x);
  if (clip === undefined) return { kind: 'empty', row };
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
  const at = clips.findIndex(({ id }) => id === clip.id);
  const before = clips[edge === 'start' ? at - 1 : at];
  const after = clips[edge === 'start' ? at : at + 1];
  return before !== undefined && after !== undefined && endFrame(before) >= after.startFrame;
}
