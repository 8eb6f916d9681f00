/**
 * The port between the engine and whatever evaluates a network. Samplers see x̂ only (Karras et al. 2022 call this D); which
 * parameterisation and which runtime produced it stay on the other side of this file.
 */

/** A run of frames, and the rectangle of each, that one evaluation covers: `from` inclusive, `to` exclusive. */
export interface Window {
  readonly frames: { readonly from: number; readonly to: number };
  readonly rows: { readonly from: number; readonly to: number };
  readonly columns: { readonly from: number; readonly to: number };
}

/** Planar float32 pixels `[F, C, H, W]` of one clip or window. */
export interface Clip {
  readonly frames: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly data: Float32Array;
}

/** One network evaluation as the graph takes it; shapes as in docs/pack-format.md, "A denoiser graph". */
export interface GraphCall {
  /** `[F, 3, H, W]`, noisy. */
  readonly zT: Clip;
  readonly logSnr: number;
  /** `unconditional` runs with an all-zero text mask; `negative` with the negative prompt. */
  readonly branch: 'conditional' | 'unconditional' | 'negative';
  /** For each frame of the window the index of its prompt part. */
  readonly partOfFrame: readonly number[];
  readonly lowRes?: Clip;
  readonly lowResLogSnr?: number;
  readonly lowResKnown?: Float32Array;
  readonly given?: Clip;
  /** `[F, 1, H, W]`, 0 or 1. */
  readonly givenMask?: Clip;
  /** For distilled graphs. */
  readonly guidanceWeight?: number;
  /** Causal graphs: the states that the window before returned for this branch, undefined at the first frame. */
  readonly states?: readonly Clip[];
}

export interface GraphResult {
  /** `[F, 3, H, W]` in the stage's parameterisation. */
  readonly prediction: Clip;
  /** Causal graphs: the states after this window. */
  readonly states?: readonly Clip[];
}

/** Evaluates a stage's network. Implemented over ONNX Runtime in `src/inference`, analytically in tests. */
export interface StageNetwork {
  /** Rejects with `network-not-finite`, `out-of-memory` or `inference-crashed`. The buffers of `call` may be reused afterwards. */
  evaluate(call: GraphCall): Promise<GraphResult>;
}

/** The denoiser as a sampler sees it: the guided, thresholded x̂ of a window of z at one noise level. */
export interface Denoiser {
  xHat(zT: Clip, logSnr: number, step: number, window: Window): Promise<Clip>;
}

/**
 * Where z lives between steps. In memory for small stages, in a file for those that would not fit: 128 frames of 768 × 1280
 * are 1.5 GB as float32.
 */
export interface LatentStore {
  /** Copies whole frames `[from, to)` of the current step's z. */
  read(from: number, to: number): Promise<Clip>;
  /** Stores frames of the next step's z; reads still see the current step until `advance`. */
  write(from: number, clip: Clip): Promise<void>;
  /** Makes what was written current, durably if the store keeps checkpoints: after it, a crash resumes at `step`. */
  advance(step: number): Promise<void>;
}

/** Receives the finished clip as 8-bit frames, in order. */
export interface FrameSink {
  /** `rgb`: `[F, H, W, 3]`. */
  write(frames: { readonly from: number; readonly to: number }, rgb: Uint8Array): Promise<void>;
}

/** Gives 8-bit frames of a clip by index: the low-resolution input, or given pictures. */
export interface FrameSource {
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  /** `[to − from, H, W, 3]`. */
  read(from: number, to: number): Promise<Uint8Array>;
}
