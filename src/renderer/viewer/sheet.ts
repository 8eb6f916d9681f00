/**
 * Frames side by side in one picture: how small clips are held for playing. A kept stage comes as a strip by URL, a preview as raw
 * RGB; both become a sheet.
 */
import type { Preview } from '#shared/inference-contract';
import type { ArtifactFacts } from '#shared/studio/artifact-facts';
import { longestStrip, stripUrl, tallestStrip } from '#shared/studio/media-url';

export interface Sheet {
  readonly image: CanvasImageSource;
  readonly frames: number;
  /** Of one frame, in pixels. */
  readonly width: number;
  readonly height: number;
}

const previewSheets = new WeakMap<Uint8Array, Sheet>();

/** Made once for each preview. Undefined where the browser has no canvas to make it on. */
export function sheetOfPreview({ rgb, frames, height, width }: Preview): Sheet | undefined {
  const known = previewSheets.get(rgb);
  if (known !== undefined) return known;
  const canvas = document.createElement('canvas');
  canvas.width = width * frames;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  const size = width * height;
  for (let frame = 0; frame < frames; frame += 1) {
    const picture = context.createImageData(width, height);
    toRgba(rgb.subarray(frame * size * 3, (frame + 1) * size * 3), picture.data);
    context.putImageData(picture, frame * width, 0);
  }
  const sheet: Sheet = { image: canvas, frames, width, height };
  previewSheets.set(rgb, sheet);
  return sheet;
}

/** `rgba` has room for as many pixels as `rgb` has. */
export function toRgba(rgb: Uint8Array, rgba: Uint8ClampedArray): void {
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    rgba[to] = rgb[from] ?? 0;
    rgba[to + 1] = rgb[from + 1] ?? 0;
    rgba[to + 2] = rgb[from + 2] ?? 0;
    rgba[to + 3] = 255;
  }
}

/** Whether a strip holds every frame of a clip at its own size. */
export function fitsInStrip({ frames, height }: ArtifactFacts): boolean {
  return frames <= longestStrip && height <= tallestStrip;
}

/** As many frames as a strip can hold of a clip, at its size or as high as a strip can be. */
export function stripOf(artifact: ArtifactFacts): { readonly url: string; readonly frames: number } {
  const frames = Math.min(longestStrip, artifact.frames);
  return { url: stripUrl(artifact.key, frames, Math.max(8, Math.min(tallestStrip, artifact.height))), frames };
}

type Waiting = { readonly image: HTMLImageElement; sheet: Sheet | undefined };
const strips = new Map<string, Waiting>();
/** Strips to keep; a strip of 64 frames of 256 pixels takes about 28 MB. */
const mostStrips = 24;

/** The strip's sheet once it is loaded; until then undefined, and `onReady` is called when it is. */
export function sheetOfStrip(url: string, frames: number, onReady: () => void): Sheet | undefined {
  const known = strips.get(url);
  if (known !== undefined) {
    strips.delete(url);
    strips.set(url, known);
    if (known.sheet === undefined) known.image.addEventListener('load', onReady, { once: true });
    return known.sheet;
  }
  const waiting: Waiting = { image: new Image(), sheet: undefined };
  waiting.image.addEventListener('load', () => {
    const { naturalWidth, naturalHeight } = waiting.image;
    waiting.sheet = { image: waiting.image, frames, width: naturalWidth / frames, height: naturalHeight };
    onReady();
  });
  waiting.image.addEventListener('error', () => strips.delete(url));
  waiting.image.src = url;
  strips.set(url, waiting);
  for (const oldest of strips.keys()) if (strips.size > mostStrips) strips.delete(oldest);
  return undefined;
}

/** Draws one frame of a sheet into a rectangle. */
export function drawFrame(
  context: CanvasRenderingContext2D,
  sheet: Sheet,
  frame: number,
  into: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  const at = Math.min(sheet.frames - 1, Math.max(0, frame));
  context.drawImage(
    sheet.image,
    at * sheet.width,
    0,
    sheet.width,
    sheet.height,
    into.x,
    into.y,
    into.width,
    into.height,
  );
}
