/** Paints what the edit shows at a moment: its layers from the bottom up, each take from the stage that is asked for. */
import type { StageId } from '#shared/pack-manifest';
import type { Project } from '#shared/project/project';
import type { WorkState } from '../studio/work-store';
import { layersAt, type Layer } from '#shared/edit/layers-at';
import { centred, fitted, paintPicture, type Rectangle } from './paint-picture';
import { pictureOf } from './picture-of';
import type { CanvasSize } from './use-canvas';

/** `actual`: one pixel of the picture for each of the screen. */
export type PictureScale = 'fit' | 'actual';

export interface Scene extends Pick<WorkState, 'ladders' | 'previews'> {
  readonly project: Project;
  readonly playhead: number;
  readonly rate: number;
  readonly scale: PictureScale;
  /** Instead of what each clip says. */
  readonly stage: StageId | undefined;
}

/** Empty room around the picture. */
const margin = 8;

export function paintScene(context: CanvasRenderingContext2D, size: CanvasSize, scene: Scene, again: () => void): void {
  const { width, height } = scene.project.size;
  const within = { x: margin, y: margin, width: size.width - 2 * margin, height: size.height - 2 * margin };
  const frame = fitted(width, height, within);
  for (const layer of layersAt(scene.project, scene.playhead)) {
    context.globalAlpha = layer.opacity;
    paintLayer(context, layer, scene, frame, size, again);
  }
  context.globalAlpha = 1;
}

function paintLayer(
  context: CanvasRenderingContext2D,
  { clip, sourceFrame, sourceFrames }: Layer,
  { ladders, previews, rate, scale, stage }: Scene,
  frame: Rectangle,
  size: CanvasSize,
  again: () => void,
): void {
  if (clip.source.kind !== 'shot') return;
  const { takeId } = clip.source;
  const picture = pictureOf(ladders.get(takeId), previews.get(takeId), stage ?? clip.source.stage);
  if (picture === undefined) return;
  const shape = picture.kind === 'preview' ? picture.live.preview : picture.artifact;
  const into =
    scale === 'fit'
      ? fitted(shape.width, shape.height, frame)
      : centred(shape.width / size.ratio, shape.height / size.ratio, { x: 0, y: 0, ...size });
  const speed = rate * (clip.speed.num / clip.speed.den);
  paintPicture(context, picture, { frame: sourceFrame, frames: sourceFrames, rate: speed }, into, again);
}
