/** Paints what can be taken hold of on a clip that is selected or under the pointer: its corners, and the line of its level. */
import type { Clip } from '#shared/project/clip';
import { cornerHandles, levelY, namePixels } from '../model/handles';
import type { Row } from '../model/rows';
import type { ClipBox } from './paint-clip';
import type { RowsScene } from './paint-rows';

const dot = 3.5;

export function paintHandles(
  context: CanvasRenderingContext2D,
  box: ClipBox,
  clip: Clip,
  row: Row,
  { project, scale, palette, selection }: RowsScene,
): void {
  context.lineWidth = 1.5;
  context.strokeStyle = palette.accent;
  const level = selection.size === 1 ? levelY(clip, row) : undefined;
  if (level !== undefined) {
    context.beginPath();
    context.moveTo(Math.max(0, box.left + 2), level);
    context.lineTo(Math.min(box.width, box.right - 2), level);
    context.stroke();
  }
  context.fillStyle = palette.ground;
  for (const { handle, x } of cornerHandles(project, scale, clip, row)) {
    const y = row.top + 2 + namePixels / 2;
    context.beginPath();
    if (handle.kind === 'dissolve') diamond(context, x, y);
    else context.arc(x, y, dot, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

function diamond(context: CanvasRenderingContext2D, x: number, y: number): void {
  const half = dot + 1;
  context.moveTo(x - half, y);
  context.lineTo(x, y - half);
  context.lineTo(x + half, y);
  context.lineTo(x, y + half);
  context.closePath();
}
