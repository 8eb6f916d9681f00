/**
 * Single frames of imported media, exact, each decoded by main when it is asked for. That takes a process, so what a scrubbing hand passes over
 * is not asked for: only what it rests on; and what is not wanted any more is called off.
 */
import { importedFrameUrl } from '#shared/studio/media-imported';
import type { Sha256, Size } from '#shared/units';

interface Wish {
  readonly url: string;
  readonly image: HTMLImageElement;
  readonly timer: number;
  readonly waiting: Set<() => void>;
}

/** A hand that moves passes a frame in less. */
const restMs = 120;
/** The largest takes 4 MB decoded. */
const mostKept = 24;

const kept = new Map<string, HTMLImageElement>();
const wishes = new Map<string, Wish>();

/**
 * The frame in `size`; until it is there undefined, and `onReady` is called when it is. `wisher`: who wants one frame at a time, such as a
 * clip: its next wish replaces the one before.
 */
export function mediaStill(
  wisher: string,
  media: Sha256,
  frame: number,
  size: Size,
  onReady: () => void,
): HTMLImageElement | undefined {
  const url = importedFrameUrl(media, frame, size);
  const known = kept.get(url);
  if (known !== undefined) {
    kept.delete(url);
    kept.set(url, known);
    return known;
  }
  const wish = wishes.get(wisher);
  if (wish?.url === url) wish.waiting.add(onReady);
  else {
    if (wish !== undefined) callOff(wish);
    wishes.set(wisher, wished(wisher, url, onReady));
  }
  return undefined;
}

function wished(wisher: string, url: string, onReady: () => void): Wish {
  const image = new Image();
  const waiting = new Set([onReady]);
  image.addEventListener('load', () => {
    kept.set(url, image);
    for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest);
    if (wishes.get(wisher)?.image === image) wishes.delete(wisher);
    for (const wake of waiting) wake();
  });
  const timer = window.setTimeout(() => (image.src = url), restMs);
  return { url, image, timer, waiting };
}

function callOff({ timer, image }: Wish): void {
  clearTimeout(timer);
  if (!image.complete) image.removeAttribute('src');
}
