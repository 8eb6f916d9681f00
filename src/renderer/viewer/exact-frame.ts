/** A frame of the edit exactly as an export has it: composed by the shared arithmetic, not by the canvas. Made once for what it shows. */
import { compose, fittedInto, type PlacedPicture } from '#shared/edit/compose';
import type { Size } from '#shared/units';
import type { MediaPicture } from '../media/media-picture';
import { exactPixels } from './exact-pixels';
import type { Picture } from './picture-of';
import { toRgba } from './sheet';

export interface ShownPicture {
  readonly picture: Picture | MediaPicture;
  /** Of the clip's `frames`. */
  readonly frame: number;
  readonly frames: number;
  readonly opacity: number;
}

interface Made {
  readonly from: readonly unknown[];
  readonly canvas: HTMLCanvasElement;
}

/** The newest first: a wipe shows two at once. */
const lastMade = new WeakMap<CanvasRenderingContext2D, readonly Made[]>();
const mostMade = 2;

/**
 * The frame in the project's own pixels, for painting on `context`. Undefined while a picture is not there yet; `onReady` is called
 * when one comes.
 */
export function exactFrame(
  context: CanvasRenderingContext2D,
  size: Size,
  shown: readonly ShownPicture[],
  onReady: () => void,
): HTMLCanvasElement | undefined {
  const from = [size.width, size.height, ...shown.flatMap(identityOf)];
  const last = lastMade.get(context) ?? [];
  const same = last.find((made) => made.from.length === from.length && from.every((part, i) => part === made.from[i]));
  if (same !== undefined) {
    lastMade.set(context, [same, ...last.filter((made) => made !== same)]);
    return same.canvas;
  }
  // All are asked for before any is waited for.
  const pixels = shown.map(({ picture, frame, frames }) => exactPixels(picture, frame, frames, onReady));
  const layers: PlacedPicture[] = [];
  for (const [index, picture] of pixels.entries()) {
    if (picture === undefined) return undefined;
    layers.push({ picture: fittedInto(picture, size), opacity: shown[index]?.opacity ?? 1 });
  }
  const kept = last.slice(0, mostMade - 1);
  const canvas = last[kept.length]?.canvas ?? document.createElement('canvas');
  if (!painted(canvas, size, layers)) return undefined;
  lastMade.set(context, [{ from, canvas }, ...kept]);
  return canvas;
}

function identityOf({ picture, frame, frames, opacity }: ShownPicture): readonly unknown[] {
  return [contentOf(picture), frame, frames, opacity];
}

function contentOf(picture: ShownPicture['picture']): unknown {
  switch (picture.kind) {
    case 'preview':
      return picture.live.preview.rgb;
    case 'kept':
      return picture.artifact.key;
    case 'media':
      return picture.media.sha256;
  }
}

function painted(canvas: HTMLCanvasElement, size: Size, layers: readonly PlacedPicture[]): boolean {
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext('2d');
  if (context === null) return false;
  const data = context.createImageData(size.width, size.height);
  toRgba(compose(size, layers).rgb, data.data);
  context.putImageData(data, 0, 0);
  return true;
}
