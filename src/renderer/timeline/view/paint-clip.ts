/** Paints one clip: its body, its film strip, its name, its fades, and whether it is selected. */
import type { Clip } from '#shared/project/clip';
import { sourceFrameAt, sourceGrid } from '#shared/project/source';
import { stripUrl } from '#shared/studio/media-url';
import { stageFrame } from '#shared/edit/layers-at';
import { pictureOf } from '../../viewer/picture-of';
import { drawFrame, sheetOfPreview, sheetOfStrip, type Sheet } from '../../viewer/sheet';
import { frameAt, type Scale } from '../model/scale';
import type { RowsScene } from './paint-rows';

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
  /** Of the whole canvas. */
  readonly width: number;
}

const namePixels = 16;
const radius = 3;
/** Of a clip that is narrower neither name nor strip can be seen. */
const bare = 14;

export function paintClip(
  context: CanvasRenderingContext2D,
  box: Box,
  clip: Clip,
  scene: RowsScene,
  again: () => void,
): void {
  const { palette, selection, project } = scene;
  const isSelected = selection.has(clip.id);
  const left = Math.max(-4, box.left) + 0.5;
  const right = Math.min(box.width + 4, box.right) - 0.5;
  context.save();
  context.beginPath();
  context.roundRect(left, box.top, Math.max(1, right - left), box.height, radius);
  context.fillStyle = palette.clip;
  context.fill();
  context.clip();
  if (box.right - box.left > bare) {
    paintStrip(context, { ...box, left, right }, clip, scene, again);
    paintName(context, box, left, nameOf(clip, scene), palette.text, palette.font, palette.clip);
  }
  paintFades(context, box, clip, scene.scale, palette.ground);
  context.restore();
  context.beginPath();
  context.roundRect(left, box.top, Math.max(1, right - left), box.height, radius);
  context.lineWidth = isSelected ? 2 : 1;
  context.strokeStyle = isSelected
    ? palette.accent
    : project.tracks.get(clip.trackId)?.locked === true
      ? palette.line
      : palette.clipLine;
  context.stroke();
}

function nameOf({ source }: Clip, { project }: RowsScene): string {
  if (source.kind === 'media') return project.media.get(source.mediaId)?.name ?? '';
  const take = project.takes.get(source.takeId);
  const name = project.shots.get(source.shotId)?.name ?? '';
  return take === undefined || take.number === 1 ? name : `${name} · ${take.number}`;
}

function paintName(
  context: CanvasRenderingContext2D,
  box: Box,
  left: number,
  name: string,
  colour: string,
  font: string,
  ground: string,
): void {
  context.fillStyle = ground;
  context.fillRect(left, box.top, box.right - left, namePixels);
  context.font = `11px ${font}`;
  context.textBaseline = 'middle';
  context.fillStyle = colour;
  context.fillText(name, Math.max(left, 0) + 6, box.top + namePixels / 2 + 0.5);
}

/** Pictures side by side under the name, each of the moment where it stands. */
function paintStrip(
  context: CanvasRenderingContext2D,
  box: Box,
  clip: Clip,
  scene: RowsScene,
  again: () => void,
): void {
  const top = box.top + namePixels;
  const height = box.height - namePixels;
  const sheet = sheetFor(clip, scene, height, again);
  const frames = sourceGrid(scene.project, clip.source)?.frames ?? 1;
  if (sheet === undefined || height < 8) return;
  const step = Math.max(8, Math.round((height * sheet.width) / sheet.height));
  context.imageSmoothingEnabled = sheet.height > height;
  const first = box.left + Math.floor(Math.max(0, -box.left) / step) * step;
  for (let x = first; x < box.right; x += step) {
    const moment = Math.max(clip.startFrame, Math.floor(frameAt(scene.scale, x)));
    const frame = stageFrame(sourceFrameAt(scene.project, clip, moment), frames, sheet.frames);
    drawFrame(context, sheet, frame, { x, y: top, width: step, height });
  }
}

function sheetFor({ source }: Clip, { work }: RowsScene, height: number, again: () => void): Sheet | undefined {
  if (source.kind !== 'shot') return undefined;
  const picture = pictureOf(work.ladders.get(source.takeId), work.previews.get(source.takeId), source.stage);
  if (picture === undefined) return undefined;
  if (picture.kind === 'preview') return sheetOfPreview(picture.live.preview);
  const frames = Math.min(32, picture.artifact.frames);
  const high = Math.max(8, Math.min(256, picture.artifact.height, Math.ceil(height / 16) * 32));
  return sheetOfStrip(stripUrl(picture.artifact.key, frames, high), frames, again);
}

/** Corners cut off where a clip fades, as the opacity rises and falls. */
function paintFades(context: CanvasRenderingContext2D, box: Box, clip: Clip, scale: Scale, colour: string): void {
  context.fillStyle = colour;
  const bottom = box.top + box.height;
  const rising = Math.max(clip.fadeInFrames, clip.dissolveInFrames) * scale.pixelsPerFrame;
  const falling = clip.fadeOutFrames * scale.pixelsPerFrame;
  for (const [from, to] of [
    [box.left, box.left + rising],
    [box.right, box.right - falling],
  ] as const) {
    if (Math.abs(to - from) < 1) continue;
    context.beginPath();
    context.moveTo(from, box.top);
    context.lineTo(to, box.top);
    context.lineTo(from, bottom);
    context.fill();
  }
}
