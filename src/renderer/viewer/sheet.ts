/**
 * Frames beside one another in one picture: how small clips are held for playing. A kept stage comes as a strip by URL, a preview as raw
 * RGB; both become a sheet.
 */
import type { Rectangle } from '#shared/edit/fit';
import type { Preview } from '#shared/inference-contract';
import type { ArtifactFacts } from '#shared/studio/artifact-facts';
import { longestStrip, stripColumns, stripUrl, tallestStrip } from '#shared/studio/media-url';

export interface Sheet {
  readonly image: CanvasImageSource;
  readonly frames: number;
  /** Frames in a row. */
  readonly columns: number;
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
  const sheet: Sheet = { image: canvas, frames, columns: frames, width, height };
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

/** Whether one row holds every frame of a clip at its own size. */
export function fitsInStrip({ frames, height }: ArtifactFacts): boolean {
  return frames <= stripColumns && height <= tallestStrip;
}

export interface Strip {
  readonly url: string;
  readonly frames: number;
}

/** Of a clip that fits: every frame at its own size. */
export function stripOf({ key, frames, height }: ArtifactFacts): Strip {
  return { url: stripUrl(key, frames, Math.max(shortestStrip, height)), frames };
}

/** Every frame of the longest clips, no larger than is needed where a frame is shown `shownHeight` high: what moves together fills memory. */
export function movingStripOf({ key, frames, height }: ArtifactFacts, shownHeight: number): Strip {
  const enough = movingHeights.find((each) => each >= shownHeight) ?? tallestStrip;
  const count = Math.min(longestStrip, frames);
  return { url: stripUrl(key, count, Math.max(shortestStrip, Math.min(enough, height))), frames: count };
}

const shortestStrip = 8;
/** Few, so that a pane that is resized does not ask for a strip at every pixel. */
const movingHeights = [32, 64, 96, 128, 192];

interface LoadedStrip {
  readonly image: HTMLImageElement;
  sheet: Sheet | undefined;
  /** When it was last looked at. */
  seenMs: number;
}
/** Longest unseen first. */
const strips = new Map<string, LoadedStrip>();
/** Of decoded strips, besides those that are in sight. */
const mostBytes = 256 * 2 ** 20;
/** What is in sight is painted more often. */
const inSightMs = 1000;

/** The strip's sheet once it is loaded; until then undefined, and `onReady` is called when it is. */
export function sheetOfStrip(url: string, frames: number, onReady: () => void): Sheet | undefined {
  const known = strips.get(url);
  if (known !== undefined) {
    strips.delete(url);
    strips.set(url, known);
    known.seenMs = performance.now();
    if (known.sheet === undefined) known.image.addEventListener('load', onReady, { once: true });
    return known.sheet;
  }
  const strip: LoadedStrip = { image: new Image(), sheet: undefined, seenMs: performance.now() };
  strip.image.addEventListener('load', () => {
    const { naturalWidth, naturalHeight } = strip.image;
    const columns = Math.min(stripColumns, frames);
    const height = naturalHeight / Math.ceil(frames / columns);
    strip.sheet = { image: strip.image, frames, columns, width: naturalWidth / columns, height };
    makeRoom();
    onReady();
  });
  strip.image.addEventListener('error', () => strips.delete(url));
  strip.image.src = url;
  strips.set(url, strip);
  return undefined;
}

function makeRoom(): void {
  const bytesOf = ({ image }: LoadedStrip): number => image.naturalWidth * image.naturalHeight * 4;
  let bytes = [...strips.values()].reduce((sum, strip) => sum + bytesOf(strip), 0);
  for (const [url, strip] of strips) {
    if (bytes <= mostBytes || performance.now() - strip.seenMs < inSightMs) return;
    strips.delete(url);
    bytes -= bytesOf(strip);
  }
}

/** Draws one frame of a sheet into a rectangle. */
export function drawFrame(
  context: CanvasRenderingContext2D,
  { image, frames, columns, width, height }: Sheet,
  frame: number,
  into: Rectangle,
): void {
  const at = Math.min(frames - 1, Math.max(0, frame));
  const [x, y] = [(at % columns) * width, Math.floor(at / columns) * height];
  context.drawImage(image, x, y, width, height, into.x, into.y, into.width, into.height);
}
