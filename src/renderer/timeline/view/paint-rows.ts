/** Paints the rows: lanes, clips in sight, and what lies over them. Clips too narrow to tell apart become one block. */
import { endFrame } from '#shared/project/clip';
import { clipsOfTrack } from '#shared/project/order';
import type { Project } from '#shared/project/project';
import type { CanvasSize } from '../../viewer/use-canvas';
import type { MediaState } from '../../media/media-store';
import type { WorkState } from '../../studio/work-store';
import type { Shown } from '../gestures/gesture';
import { clipsBetween } from '#shared/project/in-sight';
import type { TrackGap } from '../model/gap';
import { rowsHeight, type Row } from '../model/rows';
import { frameAt, xOf, type Scale } from '../model/scale';
import type { Selection } from '../model/selection';
import { paintClip } from './paint-clip';
import type { Palette } from './palette';

export interface RowsScene {
  readonly project: Project;
  readonly rows: readonly Row[];
  readonly scale: Scale;
  readonly selection: Selection;
  readonly gap: TrackGap | undefined;
  readonly playhead: number;
  /** Pixels of the rows above what is in sight. */
  readonly scrolledBy: number;
  readonly work: WorkState;
  readonly media: MediaState;
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
  const { project, rows, scale, palette, playhead, shown, scrolledBy } = scene;
  context.save();
  context.translate(0, -scrolledBy);
  for (const row of rows) {
    if (row.top + row.height + row.ladderHeight < scrolledBy || row.top > scrolledBy + size.height) continue;
    context.fillStyle = palette.line;
    context.fillRect(0, row.top + row.height - 1, size.width, 1);
    if (row.ladderHeight > 0) context.fillRect(0, row.top + row.height + row.ladderHeight - 1, size.width, 1);
    context.globalAlpha = row.track.muted ? 0.35 : 1;
    paintTrack(context, size, scene, row, again);
    context.globalAlpha = 1;
  }
  if (scene.gap !== undefined) paintGap(context, scene, scene.gap);
  if (shown.trackPlace !== undefined) paintPlace(context, size, scene, shown.trackPlace.beforeRow);
  if (shown.marquee !== undefined) paintMarquee(context, shown.marquee, palette);
  context.restore();
  for (const marker of project.markers.values())
    line(context, size, xOf(scale, marker.frame), palette.markers[marker.colour], 0.45);
  if (shown.snappedAt !== undefined) line(context, size, xOf(scale, shown.snappedAt), palette.warn);
  line(context, size, xOf(scale, playhead), palette.accent);
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
  let block: Block | undefined;
  for (const clip of clips) {
    const left = xOf(scale, clip.startFrame);
    const right = xOf(scale, endFrame(clip));
    const isSelected = scene.selection.has(clip.id);
    if (right - left >= narrow) {
      paintBlock(context, row, block, palette);
      block = undefined;
      const box = { left, right, top: row.top + 2, height: row.height - 5, width: size.width };
      paintClip(context, box, clip, row, scene, again);
    } else if (block !== undefined && left - block.right <= 1 && block.isSelected === isSelected) block.right = right;
    else {
      paintBlock(context, row, block, palette);
      block = { left, right, isSelected };
    }
  }
  paintBlock(context, row, block, palette);
}

/** Clips too narrow to tell apart. */
interface Block {
  readonly left: number;
  right: number;
  readonly isSelected: boolean;
}

function paintBlock(context: CanvasRenderingContext2D, row: Row, block: Block | undefined, palette: Palette): void {
  if (block === undefined) return;
  context.fillStyle = block.isSelected ? palette.accent : palette.clipLine;
  context.fillRect(block.left, row.top + 3, Math.max(1, block.right - block.left), row.height - 7);
}

function line(context: CanvasRenderingContext2D, size: CanvasSize, x: number, colour: string, alpha = 1): void {
  if (x < -1 || x > size.width + 1) return;
  context.globalAlpha = alpha;
  context.fillStyle = colour;
  context.fillRect(Math.round(x), 0, 1, size.height);
  context.globalAlpha = 1;
}

/** Hatched, so that it does not look like a clip. */
function paintGap(context: CanvasRenderingContext2D, { rows, scale, palette }: RowsScene, gap: TrackGap): void {
  const row = rows.find(({ track }) => track.id === gap.trackId);
  if (row === undefined) return;
  const left = xOf(scale, gap.fromFrame);
  const width = xOf(scale, gap.toFrame) - left;
  context.save();
  context.beginPath();
  context.rect(left + 1, row.top + 2.5, Math.max(2, width - 2), row.height - 6);
  context.fillStyle = palette.accentGround;
  context.fill();
  context.strokeStyle = palette.accent;
  context.setLineDash([4, 3]);
  context.stroke();
  context.restore();
}

/** Where the track that is dragged would go. */
function paintPlace(
  context: CanvasRenderingContext2D,
  size: CanvasSize,
  { rows, palette }: RowsScene,
  at: number,
): void {
  const before = rows[at];
  const y = before?.top ?? rowsHeight(rows);
  context.fillStyle = palette.accent;
  context.fillRect(0, y - 1, size.width, 2);
}

function paintMarquee(context: CanvasRenderingContext2D, box: NonNullable<Shown['marquee']>, palette: Palette): void {
  const [left, top] = [Math.round(box.left) + 0.5, Math.round(box.top) + 0.5];
  context.globalAlpha = 0.2;
  context.fillStyle = palette.accent;
  context.fillRect(left, top, Math.round(box.width), Math.round(box.height));
  context.globalAlpha = 1;
  context.strokeStyle = palette.accent;
  context.lineWidth = 1;
  context.strokeRect(left, top, Math.round(box.width), Math.round(box.height));
}
