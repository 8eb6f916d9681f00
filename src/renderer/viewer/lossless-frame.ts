/** Single frames exactly as they are kept, loaded when they are asked for. */
import { frameUrl } from '#shared/studio/media-url';
import type { Sha256 } from '#shared/units';

const images = new Map<string, HTMLImageElement>();
/** Enough for every layer of a frame and the frames beside it; the largest takes 4 MB decoded. */
const mostImages = 32;

/** Undefined while it is loaded; `onReady` is called when it is there. */
export function losslessFrame(key: Sha256, frame: number, onReady: () => void): HTMLImageElement | undefined {
  const url = frameUrl(key, frame);
  const known = images.get(url);
  const image = known ?? new Image();
  images.delete(url);
  images.set(url, image);
  if (known === undefined) {
    image.addEventListener('error', () => images.delete(url));
    image.src = url;
    for (const oldest of images.keys()) if (images.size > mostImages) images.delete(oldest);
  }
  if (image.complete && image.naturalWidth > 0) return image;
  image.addEventListener('load', onReady, { once: true });
  return undefined;
}
