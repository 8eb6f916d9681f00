/**
 * What is seen of imported media inside a clip: pictures of a film, each of the moment where it stands, a still, and the outline of sound, as
 * loud as the clip plays it. Until it is made: how far that is, or why there is nothing.
 */
import { gainAt, soundOfClip } from '#shared/edit/sounds';
import { endFrame, type Clip } from '#shared/project/clip';
import type { Media } from '#shared/project/media';
import { sourceFrameAt } from '#shared/project/source';
import { importedSheetUrl, importedThumbnailUrl, sheetFrames, stripStep } from '#shared/studio/media-imported';
import { isReady } from '../../media/media-store';
import { extentOf, loadedOutline, type Outline } from '../../media/peaks';
import { drawFrame, sheetOfStrip } from '../../viewer/sheet';
import { frameAt } from '../model/scale';
import type { Body, BodyPainter } from './clip-body';
import type { RowsScene } from './paint-rows';

/** Lower than this a picture cannot be made out. */
const leastPixels = 8;
/** Of a film with sound, where both have room. */
const soundShare = 0.3;
const leastWithSound = 36;

export const paintVideoBody: BodyPainter = (context, body, clip, scene, again) => {
  const media = mediaOf(scene, clip);
  if (media?.kind !== 'video') return;
  const isHeard = media.hasAudio && clip.volume > 0 && body.height >= leastWithSound;
  const soundHeight = isHeard ? Math.round(body.height * soundShare) : 0;
  paintPictures(context, { ...body, height: body.height - soundHeight }, clip, media, scene, again);
  if (!isHeard) return;
  const below = { ...body, top: body.top + body.height - soundHeight, height: soundHeight };
  paintSound(context, below, clip, media, scene, again);
};

export const paintImageBody: BodyPainter = (context, body, clip, scene, again) => {
  const media = mediaOf(scene, clip);
  if (media === undefined || body.height < leastPixels) return;
  if (scene.media.standings.get(media.id)?.file.kind === 'missing') {
    paintMissing(context, body, scene);
    return;
  }
  const sheet = sheetOfStrip(importedThumbnailUrl(media.sha256), 1, again);
  if (sheet === undefined) return;
  const step = Math.max(leastPixels, Math.round((body.height * sheet.width) / sheet.height));
  context.imageSmoothingEnabled = true;
  for (const x of columns(body, step))
    drawFrame(context, sheet, 0, { x, y: body.top, width: step, height: body.height });
};

export const paintSoundBody: BodyPainter = (context, body, clip, scene, again) => {
  const media = mediaOf(scene, clip);
  if (media !== undefined) paintSound(context, body, clip, media, scene, again);
};

function mediaOf({ project }: RowsScene, { source }: Clip): Media | undefined {
  return source.kind === 'media' ? project.media.get(source.mediaId) : undefined;
}

function paintPictures(
  context: CanvasRenderingContext2D,
  body: Body,
  clip: Clip,
  media: Extract<Media, { kind: 'video' }>,
  scene: RowsScene,
  again: () => void,
): void {
  if (body.height < leastPixels) return;
  const standing = scene.media.standings.get(media.id);
  if (!isReady(standing?.film)) {
    if (standing?.file.kind === 'missing') paintMissing(context, body, scene);
    else if (standing?.film?.kind === 'making') paintShare(context, body, standing.film.share, scene);
    return;
  }
  const every = stripStep(media.frames);
  const step = Math.max(leastPixels, Math.round((body.height * media.size.width) / media.size.height));
  context.imageSmoothingEnabled = true;
  for (const x of columns(body, step)) {
    const moment = Math.min(endFrame(clip) - 1, Math.max(clip.startFrame, Math.floor(frameAt(scene.scale, x))));
    const picture = Math.floor(Math.min(media.frames - 1, sourceFrameAt(scene.project, clip, moment)) / every);
    const sheet = sheetOfStrip(importedSheetUrl(media.sha256, Math.floor(picture / sheetFrames)), sheetFrames, again);
    if (sheet === undefined) continue;
    drawFrame(context, sheet, picture % sheetFrames, { x, y: body.top, width: step, height: body.height });
  }
}

/** Left edges of pictures that stand side by side from the clip's beginning, those that are in sight. */
function* columns({ left, right, width }: Body, step: number): Generator<number> {
  const first = left + Math.floor(Math.max(0, -left) / step) * step;
  for (let x = first; x < Math.min(right, width); x += step) yield x;
}

function paintSound(
  context: CanvasRenderingContext2D,
  body: Body,
  clip: Clip,
  media: Media,
  scene: RowsScene,
  again: () => void,
): void {
  const standing = scene.media.standings.get(media.id);
  if (!isReady(standing?.sound)) {
    if (standing?.file.kind === 'missing') paintMissing(context, body, scene);
    else if (standing?.sound?.kind === 'making') paintShare(context, body, standing.sound.share, scene);
    return;
  }
  const outline = loadedOutline(media.sha256, again);
  if (outline !== undefined) paintOutline(context, body, clip, outline, scene);
}

function paintOutline(
  context: CanvasRenderingContext2D,
  body: Body,
  clip: Clip,
  outline: Outline,
  { project, scale, palette }: RowsScene,
): void {
  const heard = soundOfClip(project, clip);
  if (heard === undefined) return;
  const middle = body.top + body.height / 2;
  const half = body.height / 2 - 1;
  const second = project.frameRate.num / project.frameRate.den;
  const secAt = (x: number): number => frameAt(scale, x) / second;
  context.fillStyle = palette.line;
  context.fillRect(Math.max(0, body.left), middle, Math.min(body.right, body.width) - Math.max(0, body.left), 1);
  context.fillStyle = palette.textFaint;
  for (let x = Math.max(0, Math.floor(body.left)); x < Math.min(body.right, body.width); x += 1) {
    const atSec = secAt(x);
    const from = heard.sourceSec + (atSec - heard.startSec) * heard.speed;
    const extent = extentOf(outline, from, from + (secAt(x + 1) - atSec) * heard.speed);
    if (extent === undefined) continue;
    const gain = gainAt(heard, Math.max(heard.startSec, atSec)) * half;
    const top = Math.max(-half, -extent.greatest * gain);
    const bottom = Math.min(half, -extent.least * gain);
    context.fillRect(x, middle + top, 1, Math.max(1, bottom - top));
  }
}

/** Slanted lines: there should be something. */
function paintMissing(context: CanvasRenderingContext2D, body: Body, { palette }: RowsScene): void {
  context.save();
  context.beginPath();
  context.rect(body.left, body.top, body.right - body.left, body.height);
  context.clip();
  context.strokeStyle = palette.fail;
  context.globalAlpha *= 0.5;
  context.beginPath();
  for (const x of columns({ ...body, left: body.left - body.height }, 10)) {
    context.moveTo(x, body.top + body.height);
    context.lineTo(x + body.height, body.top);
  }
  context.stroke();
  context.restore();
}

/** A bar along the bottom, as wide as the share of the clip. */
function paintShare(context: CanvasRenderingContext2D, body: Body, share: number, { palette }: RowsScene): void {
  context.fillStyle = palette.accent;
  context.fillRect(body.left, body.top + body.height - 2, (body.right - body.left) * share, 2);
}
