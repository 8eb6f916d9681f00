/**
 * A clip too long or too large for a sheet: plays from its proxy film, and shows the exact frame, lossless, wherever it stands still.
 * One place of one film at a time; that two places need two of them is known to `kept-films.ts`.
 */
import { pursuitOf } from './pursuit';

/** Who looks at a film now. */
export interface Onlooker {
  /** The exact frame, where it is there; more comes with `onReady`. */
  readonly exact: (frame: number) => HTMLImageElement | undefined;
  readonly onReady: () => void;
}

/** Browsers play silent films up to this much faster without trouble. */
const fastestPlay = 4;

/** A film that nobody looked at for so long plays on for nobody. The screen is painted more often. */
const unseenMs = 1000;

export class Film {
  readonly #video = document.createElement('video');
  /** Several may look at the one film: viewer, comparison, takes. */
  readonly #waiting = new Set<() => void>();
  #seenMs = 0;

  constructor(
    url: string,
    private readonly fps: number,
  ) {
    this.#video.muted = true;
    this.#video.playsInline = true;
    this.#video.preload = 'auto';
    this.#video.src = url;
    for (const event of ['seeked', 'loadeddata'] as const) this.#video.addEventListener(event, () => this.#wake());
    this.#video.addEventListener('timeupdate', () => {
      if (performance.now() - this.#seenMs > unseenMs) this.#video.pause();
    });
  }

  /** The best there is of frame `frame` now; more comes with `onReady`, once: whoever looks again is told again. */
  picture(frame: number, rate: number, { exact, onReady }: Onlooker): HTMLVideoElement | HTMLImageElement | undefined {
    this.#waiting.add(onReady);
    this.#seenMs = performance.now();
    this.#follow(frame, rate);
    const still = rate === 0 ? exact(frame) : undefined;
    if (still !== undefined) return still;
    return this.#video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? this.#video : undefined;
  }

  stop(): void {
    this.#video.pause();
    this.#video.removeAttribute('src');
    this.#video.load();
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const onReady of waiting) onReady();
  }

  #follow(frame: number, rate: number): void {
    const wanted = (frame + 0.5) / this.fps;
    if (rate > 0 && rate <= fastestPlay) this.#play(wanted, rate);
    else this.#stand(wanted);
  }

  #stand(wanted: number): void {
    this.#video.pause();
    if (!this.#video.seeking && Math.abs(this.#video.currentTime - wanted) > 0.5 / this.fps)
      this.#video.currentTime = wanted;
  }

  #play(wanted: number, rate: number): void {
    const pursuit = pursuitOf(this.#video.currentTime - wanted, rate, this.fps);
    if (pursuit.kind === 'seek') this.#video.currentTime = wanted;
    const speed = pursuit.kind === 'play' ? pursuit.rate : rate;
    if (this.#video.playbackRate !== speed) this.#video.playbackRate = speed;
    // At its end it stands, though time may be left of its last frame: to play it now would begin it again.
    if (this.#video.paused && !this.#video.ended) this.#video.play().catch(() => undefined);
  }
}
