/** The pixels of a frame as they are, for composing it exactly: from a preview, a sheet, or the frame's own lossless picture. */
import { stageFrame } from '#shared/edit/layers-at';
import type { Raster } from '#shared/edit/raster';
import { losslessFrame } from './lossless-frame';
import type { Picture } from './picture-of';
import { fitsInStrip, sheetOfStrip, stripOf } from './sheet';

/** `frame` of the clip's `frames`. Undefined where it is not there yet; `onReady` is called when it is. */
export function exactPixels(picture: Picture, frame: number, frames: number, onReady: () => void): Raster | undefined {
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

/** Pictures are opaque, so what is read back is what the file holds. */
function pixelsOf(image: CanvasImageSource, x: number, width: number, height: number): Raster | undefined {
  scratch ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (scratch === null) return undefined;
  const { canvas } = scratch;
  if (canvas.width < width) canvas.width = width;
  if (canvas.height < height) canvas.height = height;
  scratch.drawImage(image, x, 0, width, height, 0, 0, width, height);
  return { width, height, rgb: withoutAlpha(scratch.getImageData(0, 0, width, height).data) };
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
