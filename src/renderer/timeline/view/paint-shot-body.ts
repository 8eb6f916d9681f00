/** The film strip of a shot: pictures side by side, each of the moment where it stands, of the stage that the clip shows. */
import { stageFrame } from '#shared/edit/layers-at';
import type { Clip } from '#shared/project/clip';
import { sourceFrameAt, sourceGrid } from '#shared/project/source';
import { stripUrl } from '#shared/studio/media-url';
import { pictureOf } from '../../viewer/picture-of';
import { drawFrame, sheetOfPreview, sheetOfStrip, type Sheet } from '../../viewer/sheet';
import { frameAt } from '../model/scale';
import type { Body } from './clip-body';
import type { RowsScene } from './paint-rows';

/** Lower than this a picture cannot be made out. */
const leastPixels = 8;

export function paintShotBody(
  context: CanvasRenderingContext2D,
  body: Body,
  clip: Clip,
  scene: RowsScene,
  again: () => void,
): void {
  if (body.height < leastPixels) return;
  const sheet = sheetFor(clip, scene, body.height, again);
  if (sheet === undefined) return;
  const frames = sourceGrid(scene.project, clip.source)?.frames ?? 1;
  const step = Math.max(leastPixels, Math.round((body.height * sheet.width) / sheet.height));
  context.imageSmoothingEnabled = sheet.height > body.height;
  const first = body.left + Math.floor(Math.max(0, -body.left) / step) * step;
  for (let x = first; x < Math.min(body.right, body.width); x += step) {
    const moment = Math.max(clip.startFrame, Math.floor(frameAt(scene.scale, x)));
    const frame = stageFrame(sourceFrameAt(scene.project, clip, moment), frames, sheet.frames);
    drawFrame(context, sheet, frame, { x, y: body.top, width: step, height: body.height });
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
