/** Paints one clip: its body, its name with what is unusual about it, its fades and dissolve, and whether it is selected. */
import { endFrame, type Clip } from '#shared/project/clip';
import { clipsOfTrack } from '#shared/project/order';
import { namePixels } from '../model/handles';
import { neighbours } from '../model/neighbours';
import type { Row } from '../model/rows';
import { xOf } from '../model/scale';
import { paintBody } from './clip-body';
import { clipName } from './clip-name';
import { paintHandles } from './paint-handles';
import type { RowsScene } from './paint-rows';

export interface ClipBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
  /** Of the whole canvas. */
  readonly width: number;
}

const radius = 3;
/** Of a clip that is narrower neither name nor picture can be seen. */
const bare = 14;

export function paintClip(
  context: CanvasRenderingContext2D,
  box: ClipBox,
  clip: Clip,
  row: Row,
  scene: RowsScene,
  again: () => void,
): void {
  const { palette, selection } = scene;
  const isSelected = selection.has(clip.id);
  const left = Math.max(-4, box.left) + 0.5;
  const right = Math.min(box.width + 4, box.right) - 0.5;
  if (box.right - box.left <= bare) {
    context.fillStyle = isSelected ? palette.accent : palette.clipLine;
    context.fillRect(left, box.top, Math.max(1, right - left), box.height);
    return;
  }
  context.save();
  context.beginPath();
  context.roundRect(left, box.top, Math.max(1, right - left), box.height, radius);
  context.fillStyle = palette.clip;
  context.fill();
  context.clip();
  paintBody(context, { ...box, top: box.top + namePixels, height: box.height - namePixels }, clip, scene, again);
  paintName(context, { ...box, left, right }, clip, scene);
  paintFades(context, box, clip, scene);
  context.restore();
  context.beginPath();
  context.roundRect(left, box.top, Math.max(1, right - left), box.height, radius);
  context.lineWidth = isSelected ? 2 : 1;
  context.strokeStyle = isSelected ? palette.accent : row.track.locked ? palette.line : palette.clipLine;
  context.stroke();
  if (isSelected && !row.track.locked) paintHandles(context, box, clip, row, scene);
}

/** With its speed and level behind the name where they are not as usual. */
function paintName(context: CanvasRenderingContext2D, box: ClipBox, clip: Clip, scene: RowsScene): void {
  const { palette, project } = scene;
  const isSelected = scene.selection.has(clip.id);
  context.fillStyle = isSelected ? palette.accentGround : palette.clip;
  context.fillRect(box.left, box.top, box.right - box.left, namePixels);
  context.font = `11px ${palette.font}`;
  context.textBaseline = 'middle';
  const y = box.top + namePixels / 2 + 0.5;
  const notes = unusual(clip);
  // Beside the handle that a selected clip has there.
  const from = Math.max(box.left, 0) + (isSelected ? 16 : 6);
  context.fillStyle = palette.text;
  context.fillText(clipName(project, clip), from, y);
  if (notes === '') return;
  const wide = context.measureText(notes).width;
  const at = box.right - wide - 16;
  if (at < from + 24) return;
  context.fillStyle = isSelected ? palette.accentGround : palette.clip;
  context.fillRect(at - 6, box.top, wide + 12, namePixels);
  context.fillStyle = palette.textSoft;
  context.fillText(notes, at, y);
}

function unusual({ speed, opacity, volume }: Clip): string {
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  return [
    speed.num !== speed.den && `×${Number((speed.num / speed.den).toFixed(2))}`,
    opacity < 1 && percent(opacity),
    volume !== 1 && percent(volume),
  ]
    .filter(Boolean)
    .join('  ');
}

/** Corners cut off where a clip fades; where two dissolve, a cross over what both show. */
function paintFades(context: CanvasRenderingContext2D, box: ClipBox, clip: Clip, scene: RowsScene): void {
  const { scale, palette, project } = scene;
  const bottom = box.top + box.height;
  context.fillStyle = palette.well;
  for (const [from, to] of [
    [box.left, box.left + clip.fadeInFrames * scale.pixelsPerFrame],
    [box.right, box.right - clip.fadeOutFrames * scale.pixelsPerFrame],
  ] as const) {
    if (Math.abs(to - from) < 1) continue;
    context.beginPath();
    context.moveTo(from, box.top + namePixels);
    context.lineTo(to, box.top + namePixels);
    context.lineTo(from, bottom);
    context.fill();
  }
  if (clip.dissolveInFrames === 0) return;
  const { previous } = neighbours(clipsOfTrack(project, clip.trackId), clip);
  const until = xOf(scale, previous === undefined ? clip.startFrame + clip.dissolveInFrames : endFrame(previous));
  context.fillStyle = palette.shade;
  context.fillRect(box.left, box.top + namePixels, until - box.left, bottom);
  context.strokeStyle = palette.text;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(box.left, bottom);
  context.lineTo(until, box.top + namePixels);
  context.moveTo(box.left, box.top + namePixels);
  context.lineTo(until, bottom);
  context.stroke();
}
