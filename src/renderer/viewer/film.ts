/**
 * A clip too long or too large for a sheet: plays from its proxy film, and shows the exact frame, lossless, wherever it stands still.
 */
import type { Sha256 } from '#shared/units';
import { proxyUrl } from '#shared/studio/media-url';
import { losslessFrame } from './lossless-frame';

/** The exact frame, where it is there; more comes with the film's `onReady`. */
type ExactFrame = (frame: number) => HTMLImageElement | undefined;

/** Browsers play silent films up to this much faster without trouble. */
const fastestPlay = 4;

/** Seconds that a playing film may be off before it is put right. */
const drift = 0.2;

export class Film {
  readonly #video = document.createElement('video');

  constructor(
    url: string,
    private readonly fps: number,
    private readonly exact: ExactFrame,
    onReady: () => void,
  ) {
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.preload = 'auto';
    this.#video.src = url;
    for (const event of ['seeked', 'loadeddata'] as const) this.#video.addEventListener(event, onReady);
  }

  /** The best there is of frame `frame` now; more comes with `onReady`. */
  picture(frame: number, rate: number): HTMLVideoElement | HTMLImageElement | undefined {
    this.#follow(frame, rate);
    const exact = rate === 0 ? this.exact(frame) : undefined;
    if (exact !== undefined) return exact;
    return this.#video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? this.#video : undefined;
  }

  stop(): void {
    this.#video.pause();
    this.#video.removeAttribute('src');
    this.#video.load();
  }

  #follow(frame: number, rate: number): void {
    const wanted = (frame + 0.5) / this.fps;
    if (rate > 0 && rate <= fastestPlay) {
      this.#video.playbackRate = rate;
      if (Math.abs(this.#video.currentTime - wanted) > drift * Math.max(1, rate)) this.#video.currentTime = wanted;
      if (this.#video.paused) this.#video.play().catch(() => undefined);
      return;
    }
    this.#video.pause();
    if (!this.#video.seeking && Math.abs(this.#video.currentTime - wanted) > 0.5 / this.fps)
      this.#video.currentTime = wanted;
  }
}

const films = new Map<string, Film>();
const mostFilms = 4;

/** Of a stage. */
export function filmOf(key: Sha256, fps: number, onReady: () => void): Film {
  return keptFilm(key, () => new Film(proxyUrl(key), fps, (frame) => losslessFrame(key, frame, onReady), onReady));
}

/** Kept for a while: going back to what was shown should not load it again. */
export function keptFilm(name: string, make: () => Film): Film {
  const film = films.get(name) ?? make();
  films.delete(name);
  films.set(name, film);
  for (const [oldest, kept] of films) {
    if (films.size <= mostFilms) break;
    kept.stop();
    films.delete(oldest);
  }
  return film;
}
