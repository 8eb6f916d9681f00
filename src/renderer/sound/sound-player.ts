/**
 * Plays the sound of the edit, a little ahead of its time, and is the clock while it does: what is heard cannot wait for what is seen. Every
 * piece is put exactly where it belongs on the audio device's own clock, so that no moment of it is lost or heard twice.
 */
import type { Project } from '#shared/project/project';
import { soundRate } from '#shared/studio/media-imported';
import { Samples } from './samples';
import { piecesBetween, type SoundPiece } from './sound-pieces';

/** Faster than this nobody understands what is heard; backward nothing is. */
export const fastestHeard = 2;
/** Of the timeline, at normal speed: what is planned at once, and how far ahead. */
const windowSec = 1;
const aheadSec = 1.5;
const tickMs = 200;
/** Time to get the first samples. */
const leadSec = 0.05;

interface Course {
  /** A moment of the device's clock, and where the timeline is then. */
  readonly anchorSec: number;
  readonly timelineSec: number;
  readonly rate: number;
}

export class SoundPlayer {
  #context: AudioContext | undefined;
  #samples: Samples | undefined;
  #course: Course | undefined;
  #plannedSec = 0;
  #timer = 0;
  /** Grows when what was planned is no longer wanted. */
  #plan = 0;
  readonly #sounding = new Set<AudioBufferSourceNode>();

  constructor(private readonly project: () => Project) {}

  /** Plays from now on, beginning at `timelineSec`, as soon as the device runs; `nowSec` says where the timeline is then. */
  async play(rate: number, nowSec: () => number): Promise<void> {
    this.stop();
    const plan = this.#plan;
    const context = (this.#context ??= new AudioContext({ sampleRate: soundRate, latencyHint: 'interactive' }));
    this.#samples ??= new Samples(context);
    if (context.state !== 'running') await context.resume().catch(() => undefined);
    if (plan !== this.#plan || context.state !== 'running') return;
    this.#course = { anchorSec: context.currentTime, timelineSec: nowSec(), rate };
    this.#plannedSec = this.#course.timelineSec + leadSec * rate;
    this.#ahead();
    this.#timer = window.setInterval(() => this.#ahead(), tickMs);
  }

  /** Where the timeline is, by what is heard just now; undefined while nothing plays. */
  get timelineSec(): number | undefined {
    const context = this.#context;
    if (this.#course === undefined || context?.state !== 'running') return undefined;
    const { anchorSec, timelineSec, rate } = this.#course;
    return timelineSec + Math.max(0, context.currentTime - context.outputLatency - anchorSec) * rate;
  }

  /** The edit has changed: what was planned of it is planned anew. */
  replan(): void {
    const { timelineSec } = this;
    if (this.#course === undefined || timelineSec === undefined) return;
    this.#silence();
    this.#plannedSec = timelineSec + leadSec * this.#course.rate;
    this.#ahead();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#course = undefined;
    this.#silence();
  }

  #silence(): void {
    this.#plan += 1;
    for (const node of this.#sounding) node.stop();
    this.#sounding.clear();
  }

  #ahead(): void {
    const { timelineSec } = this;
    if (this.#course === undefined || timelineSec === undefined) return;
    const until = timelineSec + aheadSec * this.#course.rate;
    while (this.#plannedSec < until) {
      const to = this.#plannedSec + windowSec;
      for (const piece of piecesBetween(this.project(), this.#plannedSec, to))
        void this.#sound(piece, this.#course, this.#plan);
      this.#plannedSec = to;
    }
  }

  async #sound(piece: SoundPiece, course: Course, plan: number): Promise<void> {
    const buffer = await this.#samples?.chunk(piece.media, piece.chunk);
    const context = this.#context;
    if (buffer === undefined || context === undefined || plan !== this.#plan) return;
    const deviceSec = (atSec: number): number => course.anchorSec + (atSec - course.timelineSec) / course.rate;
    const late = Math.max(0, context.currentTime - deviceSec(piece.atSec));
    if (late * course.rate >= piece.lengthSec) return;
    const node = new AudioBufferSourceNode(context, { buffer, playbackRate: piece.speed * course.rate });
    const level = new GainNode(context, { gain: 0 });
    for (const [index, { atSec, gain }] of piece.gain.entries())
      if (index === 0) level.gain.setValueAtTime(gain, deviceSec(atSec));
      else level.gain.linearRampToValueAtTime(gain, deviceSec(atSec));
    node.connect(level).connect(context.destination);
    this.#sounding.add(node);
    node.addEventListener('ended', () => {
      this.#sounding.delete(node);
      level.disconnect();
    });
    const skipped = late * course.rate * piece.speed;
    node.start(deviceSec(piece.atSec) + late, piece.offsetSec + skipped, piece.sourceSec - skipped);
  }
}
