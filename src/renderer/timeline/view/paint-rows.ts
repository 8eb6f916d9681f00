/** Paints the rows: lanes, clips in sight, and what lies over them. Clips too narrow to tell apart become one block. */
import { endFrame, type Clip } from '#shared/project/clip';
import { clipsOfTrack } from '#shared/project/order';
import type { Project } from '#shared/project/project';
import type { CanvasSize } from '../../viewer/use-canvas';
import type { WorkState } from '../../studio/work-store';
import type { Shown } from '../gestures/gesture';
import { clipsBetween } from '#shared/project/in-sight';
import type { Row } from '../model/rows';
import { frameAt, xOf, type Scale } from '../model/scale';
import type { Selection } from '../model/selection';
import { paintClip } from './paint-clip';
import type { Palette } from './palette';

export interface RowsScene {
  readonly project: Project;
  readonly rows: readonly Row[];
  readonly scale: Scale;
  readonly selection: Selection;
  readonly playhead: number;
  readonly work: WorkState;
  readonly palette: Palette;
  readonly shown: Shown;
}

/** Pixels below which a clip is no longer drawn by itself. */
const narrow = 3;

export function paintRows(
  context: CanvasRenderingContext2D,
  size: CanvasSize,
  scene: RowsScene,
  again: () => void,
): void {
  const { project, rows, scale, palette, playhead, shown } = scene;
  for (const row of rows) {
    context.fillStyle = palette.line;
    context.fillRect(0, row.top + row.height - 1, size.width, 1);
    if (row.ladderHeight > 0) context.fillRect(0, row.top + row.height + row.ladderHeight - 1, size.width, 1);
    context.globalAlpha = row.track.muted ? 0.35 : 1;
    paintTrack(context, size, scene, row, again);
    context.globalAlpha = 1;
  }
  for (const marker of project.markers.values()) line(context, size, xOf(scale, marker.frame), palette.lineStrong);
  if (shown.snappedAt !== undefined) line(context, size, xOf(scale, shown.snappedAt), palette.warn);
  line(context, size, xOf(scale, playhead), palette.accent);
  if (shown.marquee !== undefined) paintMarquee(context, shown.marquee, palette);
}

function paintTrack(
  context: CanvasRenderingContext2D,
  size: CanvasSize,
  scene: RowsScene,
  row: Row,
  again: () => void,
): void {
  const { project, scale, palette } = scene;
  const clips = clipsBetween(
    clipsOfTrack(project, row.track.id),
    Math.floor(frameAt(scale, 0)),
    Math.ceil(frameAt(scale, size.width)),
  );
  let blockFrom: Clip | undefined;
  let blockTo = 0;
  const closeBlock = (): void => {
    if (blockFrom === undefined) return;
    const left = xOf(scale, blockFrom.startFrame);
    context.fillStyle = palette.clipLine;
    context.fillRect(left, row.top + 3, Math.max(1, blockTo - left), row.height - 7);
    blockFrom = undefined;
  };
  for (const clip of clips) {
    const left = xOf(scale, clip.startFrame);
    const right = xOf(scale, endFrame(clip));
    if (right - left >= narrow) {
      closeBlock();
      paintClip(
        context,
        { left, right, top: row.top + 2, height: row.height - 5, width: size.width },
        clip,
        scene,
        again,
      );
      continue;
    }
    if (blockFrom !== undefined && left - blockTo > 1) closeBlock();
    blockFrom ??= clip;
    blockTo = right;
  }
  closeBlock();
}

function line(context: CanvasRenderingContext2D, size: CanvasSize, x: number, colour: string): void {
  if (x < -1 || x > size.width + 1) return;
  context.fillStyle = colour;
  context.fillRect(Math.round(x), 0, 1, size.height);
}

function paintMarquee(context: CanvasRenderingContext2D, box: NonNullable<Shown['marquee']>, palette: Palette): void {
  context.strokeStyle = palette.accent;
  context.lineWidth = 1;
  context.strokeRect(
    Math.round(box.left) + 0.5,
    Math.round(box.top) + 0.5,
    Math.round(box.width),
    Math.round(box.height),
  );
}
