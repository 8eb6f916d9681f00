/** Imported media as the viewer shows it: from its film while it plays, its exact frames where it stands still, a still always so. */
import { fitted, type Rectangle } from '#shared/edit/fit';
import type { Media } from '#shared/project/media';
import type { ClipId } from '#shared/project/ids';
import { importedFilmUrl, importedThumbnailUrl } from '#shared/studio/media-imported';
import type { Size } from '#shared/units';
import { keptFilm, type Seat } from '../viewer/kept-films';
import { sheetOfStrip } from '../viewer/sheet';
import { mediaStill } from './media-still';

export interface MediaPicture {
  readonly kind: 'media';
  readonly media: Exclude<Media, { kind: 'audio' }>;
  readonly clipId: ClipId;
  /** Whether its film was made. */
  readonly isPlayable: boolean;
  /** Of the project: exact frames come as large as they are shown in it. */
  readonly size: Size;
}

/** The frame as an export has it, as large as the project shows it. Undefined until it is there. */
export function exactStill(picture: MediaPicture, frame: number, onReady: () => void): HTMLImageElement | undefined {
  const { media, clipId, size } = picture;
  const { width, height } = fitted(media.size.width, media.size.height, { x: 0, y: 0, ...size });
  return mediaStill(clipId, media.sha256, media.kind === 'image' ? 0 : frame, { width, height }, onReady);
}

export interface MediaMoment {
  readonly frame: number;
  /** Times its own speed; 0: it stands still. */
  readonly rate: number;
  readonly seat: Seat;
}

/** False where nothing is there yet. */
export function paintMediaPicture(
  context: CanvasRenderingContext2D,
  picture: MediaPicture,
  moment: MediaMoment,
  into: Rectangle,
  onReady: () => void,
): boolean {
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  const shown = nearest(picture, moment, onReady);
  if (shown !== undefined) context.drawImage(shown, into.x, into.y, into.width, into.height);
  return shown !== undefined;
}

function nearest(
  picture: MediaPicture,
  { frame, rate, seat }: MediaMoment,
  onReady: () => void,
): CanvasImageSource | undefined {
  const { media, isPlayable } = picture;
  if (media.kind === 'video' && isPlayable) {
    const { num, den } = media.frameRate;
    const film = keptFilm(importedFilmUrl(media.sha256), num / den, seat);
    return film.picture(frame, rate, { exact: (at) => exactStill(picture, at, onReady), onReady });
  }
  const exact = rate === 0 || media.kind === 'image' ? exactStill(picture, frame, onReady) : undefined;
  return exact ?? sheetOfStrip(importedThumbnailUrl(media.sha256), 1, onReady)?.image;
}
