/** Paints a picture of a take into a rectangle of a canvas, quickly: with the canvas's own scaling, from films while they play. */
import type { Rectangle } from '#shared/edit/fit';
import { stageFrame } from '#shared/edit/layers-at';
import type { Size } from '#shared/units';
import { paintMediaPicture, type MediaPicture } from '../media/media-picture';
import { stagePicture, type Seat } from './kept-films';
import type { Picture } from './picture-of';
import { drawFrame, fitsInStrip, sheetOfPreview, sheetOfStrip, stripOf } from './sheet';

export interface Moment {
  /** Frame of the final clip, and how many that has. */
  readonly frame: number;
  readonly frames: number;
  /** Times normal speed; 0: it stands still. */
  readonly rate: number;
  /** Absent: whoever else looks at the same film looks at the same moment. */
  readonly seat?: Seat;
}

const commonSeat: Seat = { name: 'common', taken: new Set() };

/** Enlarged: each pixel as it is, or smoothly as in the edit. Made smaller it is always smooth. */
export type Enlargement = 'sharp' | 'smooth';

/** False where nothing is there yet; `onReady` is called when there is more. */
export function paintPicture(
  context: CanvasRenderingContext2D,
  picture: Picture | MediaPicture,
  moment: Moment,
  into: Rectangle,
  onReady: () => void,
  enlargement: Enlargement = 'sharp',
): boolean {
  const { rate, seat = commonSeat } = moment;
  if (picture.kind === 'media')
    return paintMediaPicture(context, picture, { frame: moment.frame, rate, seat }, into, onReady);
  const { width } = shapeOf(picture);
  context.imageSmoothingEnabled = enlargement === 'smooth' || into.width < width;
  context.imageSmoothingQuality = 'high';
  if (picture.kind === 'preview') {
    const sheet = sheetOfPreview(picture.live.preview);
    if (sheet !== undefined) drawFrame(context, sheet, stageFrame(moment.frame, moment.frames, sheet.frames), into);
    return sheet !== undefined;
  }
  const { artifact } = picture;
  const frame = stageFrame(moment.frame, moment.frames, artifact.frames);
  if (fitsInStrip(artifact)) {
    const { url, frames } = stripOf(artifact);
    const sheet = sheetOfStrip(url, frames, onReady);
    if (sheet !== undefined) drawFrame(context, sheet, frame, into);
    return sheet !== undefined;
  }
  const shown = stagePicture(artifact, { frame, rate, seat }, onReady);
  if (shown !== undefined) context.drawImage(shown, into.x, into.y, into.width, into.height);
  return shown !== undefined;
}

export function shapeOf(picture: Picture | MediaPicture): Size {
  if (picture.kind === 'media') return picture.media.size;
  return picture.kind === 'preview' ? picture.live.preview : picture.artifact;
}
