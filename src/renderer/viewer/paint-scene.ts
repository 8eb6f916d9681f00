/**
 * Paints what is looked at. The edit: its frame exactly as an export has it wherever it stands still, and as near as the canvas comes
 * while it plays or is being loaded. One stage of every clip: pixel by pixel, to be judged.
 */
import { centred, fitted, type Rectangle } from '#shared/edit/fit';
import { layersAt, type Layer } from '#shared/edit/layers-at';
import type { StageId } from '#shared/pack-manifest';
import type { Project } from '#shared/project/project';
import type { WorkState } from '../studio/work-store';
import { exactFrame, type ShownPicture } from './exact-frame';
import { paintPicture, shapeOf } from './paint-picture';
import { pictureOf } from './picture-of';
import type { CanvasSize } from './use-canvas';

/** `actual`: one pixel of the picture for each of the screen. */
export type PictureScale = 'fit' | 'actual';

export interface Scene extends Pick<WorkState, 'ladders' | 'previews'> {
  readonly project: Project;
  readonly playhead: number;
  readonly rate: number;
  readonly scale: PictureScale;
  /** Absent: the edit. */
  readonly stage: StageId | undefined;
}

/** Empty room around the picture. CSS pixels. */
const margin = 8;

/** `again` is called when there is more to paint. */
export function paintScene(context: CanvasRenderingContext2D, size: CanvasSize, scene: Scene, again: () => void): void {
  context.save();
  // In pixels of the screen, so that a pixel of the picture can be one of them.
  context.setTransform(1, 0, 0, 1, 0, 0);
  const shown = shownAt(scene);
  if (scene.stage === undefined) paintEdit(context, screenOf(size), scene, shown, again);
  else paintStages(context, screenOf(size), scene, shown, again);
  context.restore();
}

interface Screen {
  readonly whole: Rectangle;
  /** Without the margin. */
  readonly inner: Rectangle;
}

function screenOf({ width, height, ratio }: CanvasSize): Screen {
  const whole = { x: 0, y: 0, width: Math.round(width * ratio), height: Math.round(height * ratio) };
  const edge = Math.round(margin * ratio);
  return { whole, inner: { x: edge, y: edge, width: whole.width - 2 * edge, height: whole.height - 2 * edge } };
}

interface ShownLayer extends ShownPicture {
  readonly layer: Layer;
}

function shownAt({ project, playhead, ladders, previews, stage }: Scene): readonly ShownLayer[] {
  return layersAt(project, playhead).flatMap((layer) => {
    const { source } = layer.clip;
    if (source.kind !== 'shot') return [];
    const picture = pictureOf(ladders.get(source.takeId), previews.get(source.takeId), stage ?? source.stage);
    if (picture === undefined) return [];
    return [{ layer, picture, frame: layer.sourceFrame, frames: layer.sourceFrames, opacity: layer.opacity }];
  });
}

function paintEdit(
  context: CanvasRenderingContext2D,
  { whole, inner }: Screen,
  { project: { size }, playhead, rate, scale }: Scene,
  shown: readonly ShownLayer[],
  again: () => void,
): void {
  const into = scale === 'fit' ? fitted(size.width, size.height, inner) : centred(size.width, size.height, whole);
  const exact = rate === 0 ? exactFrame(context, size, shown, again) : undefined;
  // What is on screen, for whoever cannot see it: whether it is the frame itself yet.
  context.canvas.setAttribute('aria-busy', String(rate === 0 && exact === undefined));
  context.canvas.dataset['frame'] = String(playhead);
  context.fillStyle = '#000';
  context.fillRect(into.x, into.y, into.width, into.height);
  if (exact !== undefined) {
    context.imageSmoothingEnabled = into.width < size.width;
    context.imageSmoothingQuality = 'high';
    context.drawImage(exact, into.x, into.y, into.width, into.height);
    return;
  }
  context.translate(into.x, into.y);
  context.scale(into.width / size.width, into.height / size.height);
  paintLayers(context, shown, rate, again, ({ width, height }) => fitted(width, height, { x: 0, y: 0, ...size }));
}

function paintStages(
  context: CanvasRenderingContext2D,
  { whole, inner }: Screen,
  { project: { size }, rate, scale }: Scene,
  shown: readonly ShownLayer[],
  again: () => void,
): void {
  const frame = fitted(size.width, size.height, inner);
  const place = ({ width, height }: { readonly width: number; readonly height: number }): Rectangle =>
    scale === 'fit' ? fitted(width, height, frame) : centred(width, height, whole);
  paintLayers(context, shown, rate, again, place, 'sharp');
}

function paintLayers(
  context: CanvasRenderingContext2D,
  shown: readonly ShownLayer[],
  rate: number,
  again: () => void,
  place: (shape: { readonly width: number; readonly height: number }) => Rectangle,
  enlargement: 'sharp' | 'smooth' = 'smooth',
): void {
  for (const { layer, picture, frame, frames, opacity } of shown) {
    const { speed } = layer.clip;
    context.globalAlpha = opacity;
    const moment = { frame, frames, rate: rate * (speed.num / speed.den) };
    paintPicture(context, picture, moment, place(shapeOf(picture)), again, enlargement);
  }
}
