/**
 * Paints what is looked at. The edit: its frame exactly as an export has it wherever it stands still, and as near as the canvas comes
 * while it plays or is being loaded. One stage of every clip: pixel by pixel, to be judged.
 */
import { centred, fitted, type Rectangle } from '#shared/edit/fit';
import { layersAt, type Layer } from '#shared/edit/layers-at';
import type { StageId } from '#shared/pack-manifest';
import type { Clip } from '#shared/project/clip';
import type { MediaId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import type { Size } from '#shared/units';
import { isReady, type MediaState } from '../media/media-store';
import type { MediaPicture } from '../media/media-picture';
import type { WorkState } from '../studio/work-store';
import { exactFrame, type ShownPicture } from './exact-frame';
import { paintPicture, shapeOf } from './paint-picture';
import { pictureOf } from './picture-of';
import type { CanvasSize } from './use-canvas';

/** `actual`: one pixel of the picture for each of the screen. */
export type PictureScale = 'fit' | 'actual';

export interface Scene extends Pick<WorkState, 'ladders' | 'previews'>, Pick<MediaState, 'standings'> {
  readonly project: Project;
  readonly playhead: number;
  readonly rate: number;
  readonly scale: PictureScale;
  /** Absent: the edit. */
  readonly stage: StageId | undefined;
}

/** Empty room around the picture. CSS pixels. */
const margin = 8;

/** `size`: the room there is, in the units of the context's transform. `again` is called when there is more to paint. */
export function paintScene(context: CanvasRenderingContext2D, size: CanvasSize, scene: Scene, again: () => void): void {
  context.save();
  const shown = shownAt(scene);
  if (scene.stage === undefined) paintEdit(context, size, scene, shown, again);
  else paintStages(context, size, scene, shown, again);
  context.restore();
}

interface ShownLayer extends ShownPicture {
  readonly layer: Layer;
}

function shownAt(scene: Scene): readonly ShownLayer[] {
  return layersAt(scene.project, scene.playhead).flatMap((layer) => {
    const { source } = layer.clip;
    const { ladders, previews, stage } = scene;
    const picture =
      source.kind === 'media'
        ? mediaPicture(scene, layer.clip, source.mediaId)
        : pictureOf(ladders.get(source.takeId), previews.get(source.takeId), stage ?? source.stage);
    if (picture === undefined) return [];
    return [{ layer, picture, frame: layer.sourceFrame, frames: layer.sourceFrames, opacity: layer.opacity }];
  });
}

/** Undefined for what is missing: like a stage that was not made. */
function mediaPicture({ project, standings }: Scene, { id }: Clip, mediaId: MediaId): MediaPicture | undefined {
  const media = project.media.get(mediaId);
  const standing = standings.get(mediaId);
  if (media === undefined || media.kind === 'audio' || standing?.file.kind !== 'here') return undefined;
  return { kind: 'media', media, clipId: id, isPlayable: isReady(standing.film), size: project.size };
}

function paintEdit(
  context: CanvasRenderingContext2D,
  room: CanvasSize,
  scene: Scene,
  shown: readonly ShownLayer[],
  again: () => void,
): void {
  const { playhead, rate, scale } = scene;
  const { size } = scene.project;
  const into = onScreen(context, placeOf(size, room, scale));
  const exact = rate === 0 && isKnown(scene) ? exactFrame(context, size, shown, again) : undefined;
  // For whoever cannot see it: of which frame this is, and whether it is the frame itself yet.
  context.canvas.dataset['frame'] = String(playhead);
  context.canvas.setAttribute('aria-busy', String(rate === 0 && exact === undefined));
  context.setTransform(1, 0, 0, 1, 0, 0);
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

/** Whether main has said of every take in sight what there is of it. */
function isKnown({ project, playhead, ladders }: Scene): boolean {
  return layersAt(project, playhead).every(
    ({ clip: { source } }) => source.kind !== 'shot' || ladders.has(source.takeId),
  );
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
