/**
 * Films that are kept while they are looked at and a while longer. A film is at one place at a time, so clips that show different moments of
 * one file at once, such as both sides of a dissolve, each have a film of their own: shared, it would seek back and forth with every paint.
 */
import type { Sha256 } from '#shared/units';
import { proxyUrl } from '#shared/studio/media-url';
import { Film } from './film';
import { losslessFrame } from './lossless-frame';

/** From where a film is looked at, such as a clip in the viewer. */
export interface Seat {
  readonly name: string;
  /** Of all who look in the same moment. */
  readonly taken: ReadonlySet<string>;
}

interface KeptFilm {
  readonly url: string;
  readonly film: Film;
  seat: string;
}

/** Longest unseen first. */
let kept: readonly KeptFilm[] = [];
/** Besides those in sight: going back to what was shown should not load it again. */
const mostKept = 4;

/** The best there is of a stage's frame. `onReady` is called when there is more. */
export function stagePicture(
  { key, fps }: { readonly key: Sha256; readonly fps: number },
  { frame, rate, seat }: { readonly frame: number; readonly rate: number; readonly seat: Seat },
  onReady: () => void,
): HTMLVideoElement | HTMLImageElement | undefined {
  const exact = (at: number): HTMLImageElement | undefined => losslessFrame(key, at, onReady);
  return keptFilm(proxyUrl(key), fps, seat).picture(frame, rate, { exact, onReady });
}

/** The seat's own; or one that nobody beside it looks at, so that a clip that was split plays on over the cut; or a new one. */
export function keptFilm(url: string, fps: number, seat: Seat): Film {
  const ofUrl = kept.filter((each) => each.url === url);
  const found = ofUrl.find((each) => each.seat === seat.name) ??
    ofUrl.findLast((each) => !seat.taken.has(each.seat)) ?? { url, film: new Film(url, fps), seat: seat.name };
  found.seat = seat.name;
  const all = [...kept.filter((each) => each !== found), found];
  const unseen = all.filter((each) => each !== found && !seat.taken.has(each.seat));
  const dropped = new Set(unseen.slice(0, Math.max(0, all.length - mostKept)));
  for (const { film } of dropped) film.stop();
  kept = all.filter((each) => !dropped.has(each));
  return found.film;
}
