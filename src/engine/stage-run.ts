/** What a run of one stage needs, and what it reports while it runs. */
import type { StageEvent } from '#shared/inference-contract';
import type { StageSpec } from '#shared/pack-manifest';
import type { StageParameters } from '#shared/stage-parameters';
import type { FrameSink, FrameSource, LatentStore, StageNetwork } from './denoiser';

/** One run of one stage. Everything that shapes its output is here; ports carry pixels, numbers are the caller's. */
export interface StageRun {
  readonly spec: StageSpec;
  readonly parameters: StageParameters;
  readonly seed: number;
  /** For every output frame the index of the prompt part that it follows. */
  readonly partOfFrame: readonly number[];
  /** Whether the `negative` branch takes the place of the unconditional one. */
  readonly negativePrompt: boolean;
  /** The previous stage's clip; absent for a base. */
  readonly input?: FrameSource;
  readonly given: readonly GivenFrame[];
  readonly network: StageNetwork;
  /** Resumed from `latents.stepsTaken`. */
  readonly latents: LatentStore;
  readonly sink: FrameSink;
  /** For windows: the graph's working memory and the engine's buffers together, without weights and runtime. */
  readonly memoryBytes: number;
  /** Longest side of preview frames, in pixels; 0: no previews. */
  readonly previewPixels: number;
  /** Lets the caller's process deal with what waits. Called between the frames of long loops, so that an answer of the network is met
   * within milliseconds by the next question. */
  readonly giveWay: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Frame `sourceFrame` of `source`, of any size, that the stage's output must show at `frame`. */
export interface GivenFrame {
  readonly frame: number;
  readonly source: FrameSource;
  readonly sourceFrame: number;
}

/** `progress` after every evaluated window, `preview` after every step. */
export type StageRunEvent = Extract<StageEvent, { kind: 'progress' | 'preview' }>;

/** What the generator returns at its end. */
export interface StageRunResult {
  /** Network evaluations made by this run; a resumed one makes fewer. */
  readonly evaluations: number;
}
