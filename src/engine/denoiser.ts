/**
 * The engine's ports: what it asks of whatever evaluates a network, keeps latents and moves frames. ONNX Runtime and files
 * live behind them in `src/inference`, analytic networks in the tests.
 */
import type { Clip, Range } from './clip';

export type { Clip, Range, Window } from './clip';

/** One network evaluation as the graph takes it; shapes as in docs/pack-format.md, "A denoiser graph". An optional field is
 * present exactly when the stage's manifest entry lists the input, unless it says otherwise. */
export interface GraphCall {
  /** `[F, 3, H, W]`, noisy. */
  readonly zT: Clip;
  /** λ of `zT`, within ±30. */
  readonly logSnr: number;
  /** `unconditional` runs with an all-zero text mask; `negative` with the negative prompt. */
  readonly branch: Branch;
  /** For each frame of the window the index of its prompt part. */
  readonly partOfFrame: readonly number[];
  readonly lowRes?: Clip;
  readonly lowResLogSnr?: number;
  /** `[F]`, 0 or 1. */
  readonly lowResKnown?: Float32Array;
  /** Absent, with its mask, where nothing is given in the window: the graph is then fed zeros. */
  readonly given?: Clip;
  /** `[F, 1, H, W]`, 0 or 1. */
  readonly givenMask?: Clip;
  /** For distilled graphs. */
  readonly guidanceWeight?: number;
  /** Causal graphs: the run of windows that this one goes on. The network hands its states from each window to the next of the
   * same name; they begin as zeros with the first one, and with a window of no sequence. */
  readonly sequence?: Sequence;
}

/** Windows of one branch and tile, in the order of their frames. */
export interface Sequence {
  readonly name: string;
  readonly isFirst: boolean;
}

export type Branch = 'conditional' | 'unconditional' | 'negative';

/** Evaluates a stage's network. Implemented over ONNX Runtime in `src/inference`, analytically in tests. */
export interface StageNetwork {
  /** Gives the prediction, `[F, 3, H, W]` in the stage's parameterisation. Rejects with `out-of-memory` or `inference-crashed`. May be asked for the next evaluation before the last one is answered;
   * answers in order. The buffers of `call` may be reused after the answer. */
  evaluate(call: GraphCall): Promise<Clip>;
}

/**
 * The three clips of latents that a step needs: `current` is z_t, which nothing overwrites during the step; `next` becomes the
 * z of the step to come (and holds x̂ meanwhile, where a threshold needs all of it); `predictor` is Heun's first guess.
 */
export type LatentPlane = 'current' | 'next' | 'predictor';

/**
 * Where latents live between evaluations. In memory for small stages, in files for those that would not fit: 128 frames of
 * 768 × 1280 are 1.5 GB as float32. `predictor` is written by Heun alone; a plane need not exist before its first write.
 */
export interface LatentStore {
  /** Steps already taken, 0 for a fresh run: `current` holds z after that many. Never read at 0, where z is pure noise. */
  readonly stepsTaken: number;
  /** Fills `into` with the frames of `plane` that begin at `from`. */
  read(plane: LatentPlane, from: number, into: Clip): Promise<void>;
  /** Stores the frames of `clip` at `from`, over what was there. The buffer may be reused afterwards. */
  write(plane: 'next' | 'predictor', from: number, clip: Clip): Promise<void>;
  /** Makes `next` current: after it, `stepsTaken` is as given. A store that keeps checkpoints makes it durable while the next step
   * begins, and throws in one of the calls that follow if it cannot; a crash in between resumes one step earlier. */
  advance(stepsTaken: number): Promise<void>;
}

/** Receives the finished clip as 8-bit frames, in order. */
export interface FrameSink {
  /** `rgb`: `[to − from, H, W, 3]`; the buffer may be reused afterwards. */
  write(frames: Range, rgb: Uint8Array): Promise<void>;
}

/** Gives 8-bit frames of a clip by index: the low-resolution input, or given pictures. */
export interface FrameSource {
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  /** `[to − from, H, W, 3]`. */
  read(from: number, to: number): Promise<Uint8Array>;
}
