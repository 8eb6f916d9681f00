/** The clock that the playhead runs by: the audio device's while something is heard, else the screen's. */
import { heardMedia } from '#shared/edit/sounds';
import type { Project } from '#shared/project/project';
import type { Studio } from '../studio/studio';
import { fastestHeard, SoundPlayer } from './sound-player';

const players = new WeakMap<Studio, SoundPlayer>();

export class PlayClock {
  readonly #player: SoundPlayer;
  readonly #stopWatching: () => void;
  #fromFrame = 0;
  #fromMs = 0;

  constructor(
    private readonly studio: Studio,
    private readonly rate: number,
  ) {
    const { document } = studio;
    this.#player = players.get(studio) ?? new SoundPlayer(() => document.getState().project);
    players.set(studio, this.#player);
    this.#stopWatching = document.subscribe(({ project }, before) => {
      if (soundsDiffer(project, before.project)) this.#player.replan();
    });
  }

  /** The playhead is at `frame` (fractional) now, at `nowMs` of the screen's clock. */
  begin(frame: number, nowMs: number): void {
    this.#fromFrame = frame;
    this.#fromMs = nowMs;
    const { project } = this.studio.document.getState();
    this.#player.stop();
    if (this.rate <= 0 || this.rate > fastestHeard || !hasSound(project)) return;
    const nowSec = (): number => this.#byScreen(performance.now()) / this.#fps;
    void this.#player.play(this.rate, nowSec);
  }

  /** Where the playhead is, in frames. */
  frameAt(nowMs: number): number {
    const heard = this.#player.timelineSec;
    return heard === undefined ? this.#byScreen(nowMs) : heard * this.#fps;
  }

  end(): void {
    this.#stopWatching();
    this.#player.stop();
  }

  get #fps(): number {
    const { num, den } = this.studio.document.getState().project.frameRate;
    return num / den;
  }

  #byScreen(nowMs: number): number {
    return this.#fromFrame + (Math.max(0, nowMs - this.#fromMs) / 1000) * this.#fps * this.rate;
  }
}

function hasSound(project: Project): boolean {
  for (const clip of project.clips.values()) if (heardMedia(project, clip) !== undefined) return true;
  return false;
}

function soundsDiffer(a: Project, b: Project): boolean {
  return a.clips !== b.clips || a.tracks !== b.tracks || a.media !== b.media;
}
