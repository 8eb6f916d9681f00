/** A graph on ONNX Runtime as the rest of this process sees it, wherever it runs: in this thread or in one of its own. */
import type { Sequence } from '#engine/denoiser';
import type { Provider } from '#shared/inference-contract';

/** Row-major data and its shape. Graphs take float32 and int64; what comes out is checked by who reads it. */
export interface GraphTensor {
  readonly type: string;
  readonly data: unknown;
  readonly dims: readonly number[];
}

/** By the names of a graph's inputs or outputs. */
export type GraphTensors = Readonly<Record<string, GraphTensor>>;

/** An input or output by its name; `type` is undefined for what is no tensor. */
export interface GraphValue {
  readonly name: string;
  readonly type?: string | undefined;
}

export interface GraphAnswer {
  readonly outputs: GraphTensors;
  /** What was fed, for the memory to be used again. */
  readonly feeds: GraphTensors;
  /** Inside the runtime. */
  readonly seconds: number;
}

export interface RunOptions {
  /** What the graph gives as `next_state_0` is fed to the next run of the sequence as `state_0`, and so on; the first one is fed it
   * like everything else. It never leaves the runtime. */
  readonly sequence?: Sequence | undefined;
  /** A run that has not begun when it aborts does not begin. */
  readonly signal?: AbortSignal | undefined;
}

export interface Graph {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  /**
   * Evaluates the outputs named, after the runs asked for before. Takes the memory of `feeds` over, which comes back with the answer.
   * Throws `out-of-memory`, `pack-incompatible`, `provider-unavailable`, `inference-crashed`, or the signal's reason.
   */
  run(feeds: GraphTensors, outputs: readonly string[], options?: RunOptions): Promise<GraphAnswer>;
  /** Gives its memory back; later runs are refused. */
  release(): Promise<void>;
}

export interface GraphToOpen {
  /** The ONNX file: hashed just before, so that the runtime opens no file of the pack. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For messages: the file's path in the pack. */
  readonly name: string;
  readonly provider: Provider;
  /** Threads inside an operator. */
  readonly threads: number;
  /** Whether the runtime keeps the memory that it once took. */
  readonly arena: boolean;
}

/** Throws `pack-invalid`, `pack-unsupported`, `provider-unavailable`, `out-of-memory`. */
export type OpenGraph = (graph: GraphToOpen) => Promise<Graph>;
