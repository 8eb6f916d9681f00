/**
 * Paints what is looked at. The edit: its frame exactly as an export has it wherever it stands still, and as near as the canvas comes
 * while it plays or is being loaded. One stage of every clip: pixel by pixel, to be judged.
 */
import { centred, fitted, type Rectangle } from '#shared/edit/fit';
import type { Size } from '#shared/units';
import type { LivePreview } from '../studio/work-store';
import { exactFrame } from './exact-frame';
import { paintPicture, shapeOf } from './paint-picture';
import { isKnown, shownAt, type PictureScale, type Scene, type ShownLayer } from './scene';
import type { CanvasSize } from './use-canvas';

/** What came of painting. */
export interface Painted {
  /** It stands still, and is not the frame itself yet. */
  readonly isBusy: boolean;
  /** The uppermost preview among what was shown. */
  readonly preview: LivePreview | undefined;
}

/** Empty room around the picture. CSS pixels. */
const margin = 8;

/** `size`: the room there is, in the units of the context's transform. `again` is called when there is more to paint. */
export function paintScene(
  context: CanvasRenderingContext2D,
  size: CanvasSize,
  scene: Scene,
  again: () => void,
): Painted {
  context.save();
  const shown = shownAt(scene);
  const isExact = scene.stage === undefined && paintEdit(context, size, scene, shown, again);
  if (scene.stage !== undefined) paintStages(context, size, scene, shown, again);
  context.restore();
  const preview = shown.flatMap(({ picture }) => (picture.kind === 'preview' ? picture.live : [])).at(-1);
  return { isBusy: scene.stage === undefined && scene.rate === 0 && !isExact, preview };
}

/** True: exactly. */
function paintEdit(
  context: CanvasRenderingContext2D,
  room: CanvasSize,
  scene: Scene,
  shown: readonly ShownLayer[],
  again: () => void,
): boolean {
  const { rate, scale } = scene;
  const { size } = scene.project;
  const into = onScreen(context, placeOf(size, room, scale));
  const exact = rate === 0 && isKnown(scene) ? exactFrame(context, size, shown, again) : undefined;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = '#000';
  context.fillRect(into.x, into.y, into.width, into.height);
  if (exact !== undefined) {
    context.imageSmoothingEnabled = into.width < size.width;
    context.imageSmoothingQuality = 'high';
    context.drawImage(exact, into.x, into.y, into.width, into.height);
    return true;
  }
  context.translate(into.x, into.y);
  context.scale(into.width / size.width, into.height / size.height);
  paintLayers(context, shown, rate, again, ({ width, height }) => fitted(width, height, { x: 0, y: 0, ...size }));
  return false;
}

/** In pixels of the screen, whole ones, so that a pixel of the picture can be one of them. */
function onScreen(context: CanvasRenderingContext2D, { x, y, width, height }: Rectangle): Rectangle {
  const { a, d, e, f } = context.getTransform();
  return {
    x: Math.round(a * x + e),
    y: Math.round(d * y + f),
    width: Math.max(1, Math.round(a * width)),
    height: Math.max(1, Math.round(d * height)),
  };
}

/** Where a picture of the project's shape lies. */
function placeOf({ width, height }: Size, room: CanvasSize, scale: PictureScale): Rectangle {
  if (scale === 'actual') return centred(width / room.ratio, height / room.ratio, { x: 0, y: 0, ...room });
  return fitted(width, height, {
    ...{ x: margin, y: margin },
    ...{ width: room.width - 2 * margin, height: room.height - 2 * margin },
  });
}

function paintStages(
  context: CanvasRenderingContext2D,
  room: CanvasSize,
  { project: { size }, rate, scale }: Scene,
  shown: readonly ShownLayer[],
  again: () => void,
): void {
  const frame = placeOf(size, room, 'fit');
  const place = (shape: Size): Rectangle =>
    scale === 'fit' ? fitted(shape.width, shape.height, frame) : placeOf(shape, room, scale);
  paintLayers(context, shown, rate, again, place, 'sharp');
}

function paintLayers(
  context: CanvasRenderingContext2D,
  shown: readonly ShownLayer[],
  rate: number,
  again: () => void,
  place: (shape: Size) => Rectangle,
  enlargement: 'sharp' | 'smooth' = 'smooth',
): void {
  const taken = new Set(shown.map(({ layer }) => layer.clip.id));
  for (const { layer, picture, frame, frames, opacity } of shown) {
    const { id, speed } = layer.clip;
    context.globalAlpha = opacity;
    const moment = { frame, frames, rate: rate * (speed.num / speed.den), seat: { name: id, taken } };
    paintPicture(context, picture, moment, place(shapeOf(picture)), again, enlargement);
  }
}
