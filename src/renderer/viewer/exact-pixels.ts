/** The pixels of a frame as they are, for composing it exactly: from a preview, a sheet, or the frame's own lossless picture. */
import { stageFrame } from '#shared/edit/layers-at';
import type { Raster } from '#shared/edit/raster';
import { exactStill, type MediaPicture } from '../media/media-picture';
import { losslessFrame } from './lossless-frame';
import type { Picture } from './picture-of';
import { fitsInStrip, sheetOfStrip, stripOf } from './sheet';

/** `frame` of the clip's `frames`. Undefined where it is not there yet; `onReady` is called when it is. */
export function exactPixels(
  picture: Picture | MediaPicture,
  frame: number,
  frames: number,
  onReady: () => void,
): Raster | undefined {
  if (picture.kind === 'media') {
    const image = exactStill(picture, frame, onReady);
    return image && pixelsOf(image, 0, image.naturalWidth, image.naturalHeight, picture.media.kind === 'image');
  }
  if (picture.kind === 'preview') {
    const { rgb, width, height, frames: count } = picture.live.preview;
    const size = width * height * 3;
    const at = stageFrame(frame, frames, count);
    return { width, height, rgb: rgb.subarray(at * size, (at + 1) * size) };
  }
  const { artifact } = picture;
  const { width, height } = artifact;
  const at = stageFrame(frame, frames, artifact.frames);
  if (!fitsInStrip(artifact)) {
    const image = losslessFrame(artifact.key, at, onReady);
    return image && pixelsOf(image, 0, width, height);
  }
  const strip = stripOf(artifact);
  const sheet = sheetOfStrip(strip.url, strip.frames, onReady);
  return sheet && pixelsOf(sheet.image, at * width, width, height);
}

let scratch: CanvasRenderingContext2D | null | undefined;

/** Opaque pictures are read back as the file holds them; under transparency the canvas keeps colours as exactly as they are seen. */
function pixelsOf(
  image: CanvasImageSource,
  x: number,
  width: number,
  height: number,
  hasAlpha = false,
): Raster | undefined {
  scratch ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (scratch === null) return undefined;
  const { canvas } = scratch;
  if (canvas.width < width) canvas.width = width;
  if (canvas.height < height) canvas.height = height;
  scratch.clearRect(0, 0, width, height);
  scratch.drawImage(image, x, 0, width, height, 0, 0, width, height);
  const { data } = scratch.getImageData(0, 0, width, height);
  return { width, height, rgb: withoutAlpha(data), ...(hasAlpha && { alpha: alphaOf(data) }) };
}

function alphaOf(rgba: Uint8ClampedArray): Uint8Array {
  return Uint8Array.from({ length: rgba.length / 4 }, (_, pixel) => rgba[4 * pixel + 3] ?? 0);
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = rgba[from] ?? 0;
    rgb[to + 1] = rgba[from + 1] ?? 0;
    rgb[to + 2] = rgba[from + 2] ?? 0;
  }
  return rgb;
}
