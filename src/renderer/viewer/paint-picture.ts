/** Paints a picture of a take into a rectangle of a canvas; sharp pixels, or smooth where it is made smaller. */
import { filmOf } from './film';
import type { Picture } from './picture-of';
import { drawFrame, fitsInStrip, sheetOfPreview, sheetOfStrip, stripOf } from './sheet';
import { stageFrame } from '#shared/edit/layers-at';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Moment {
  /** Frame of the final clip, and how many that has. */
  readonly frame: number;
  readonly frames: number;
  /** Times normal speed; 0: it stands still. */
  readonly rate: number;
}

/** False where nothing is there yet; `onReady` is called when there is more. */
export function paintPicture(
  context: CanvasRenderingContext2D,
  picture: Picture,
  moment: Moment,
  into: Rectangle,
  onReady: () => void,
): boolean {
  const { width, height } = picture.kind === 'preview' ? picture.live.preview : picture.artifact;
  context.imageSmoothingEnabled = into.width < width;
  context.imageSmoothingQuality = 'high';
  if (picture.kind === 'preview') {
    const { preview } = picture.live;
    const sheet = sheetOfPreview(preview);
    if (sheet === undefined) return false;
    drawFrame(context, sheet, stageFrame(moment.frame, moment.frames, sheet.frames), into);
    return true;
  }
  const { artifact } = picture;
  const frame = stageFrame(moment.frame, moment.frames, artifact.frames);
  if (fitsInStrip(artifact)) {
    const { url, frames } = stripOf(artifact);
    const sheet = sheetOfStrip(url, frames, onReady);
    if (sheet !== undefined) drawFrame(context, sheet, frame, into);
    return sheet !== undefined && height > 0;
  }
  const shown = filmOf(artifact.key, artifact.fps, onReady).picture(frame, moment.rate);
  if (shown !== undefined) context.drawImage(shown, into.x, into.y, into.width, into.height);
  return shown !== undefined;
}

/** The largest rectangle of a shape within another, centred, on whole pixels. */
export function fitted(width: number, height: number, within: Rectangle): Rectangle {
  const scale = Math.min(within.width / width, within.height / height);
  return centred(Math.round(width * scale), Math.round(height * scale), within);
}

export function centred(width: number, height: number, within: Rectangle): Rectangle {
  const x = within.x + Math.round((within.width - width) / 2);
  const y = within.y + Math.round((within.height - height) / 2);
  return { x, y, width, height };
}
