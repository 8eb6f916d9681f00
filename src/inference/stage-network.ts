/**
 * A stage's graph on ONNX Runtime, as the engine's `StageNetwork`. Knows the graph's inputs and outputs by name and shape
 * (docs/pack-format.md, "A denoiser graph"); knows nothing of steps, samplers or windows.
 *
 * A run blocks this process until it is over. So each evaluation first lets the event loop turn once, for cancellations to
 * arrive and events to leave, and then looks at the signal.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { Clip, GraphCall, GraphResult, StageNetwork } from '#engine/denoiser';
import { SluiceError } from '#shared/errors';
import type { Provider } from '#shared/inference-contract';
import type { GraphInput, StageSpec } from '#shared/pack-manifest';
import { runtimeError } from './runtime-errors';
import type { EncodedText } from './text';

/** Encoder outputs that a stage runs with. */
export interface StageText {
  /** One prompt a part; also what the unconditional branch masks out. */
  readonly conditional: EncodedText;
  /** One prompt, for all parts. */
  readonly negative?: EncodedText;
  /** Tokens and width, N and D. */
  readonly shape: { readonly maxTokens: number; readonly width: number };
}

export class OrtStageNetwork implements StageNetwork {
  /** Seconds spent inside the runtime so far. */
  runtimeSeconds = 0;
  evaluations = 0;
  readonly #outputs: readonly string[];

  /** Throws `pack-incompatible` where the graph's inputs and outputs are not those that the manifest lists. */
  constructor(
    private readonly session: InferenceSession,
    private readonly spec: StageSpec,
    private readonly provider: Provider,
    private readonly text: StageText,
    private readonly signal: AbortSignal,
  ) {
    const states = stateSpecs(spec).map((_, i) => `state_${i}`);
    this.#outputs = ['prediction', ...states.map((name) => `next_${name}`)];
    compareNames(spec, 'inputs', [...spec.inputs, ...states], session.inputMetadata);
    compareNames(spec, 'outputs', this.#outputs, session.outputMetadata);
  }

  /** Throws `out-of-memory`, `pack-incompatible`, `provider-unavailable`, `inference-crashed`, or the cancellation. */
  async evaluate(call: GraphCall): Promise<GraphResult> {
    await nextTurn();
    this.signal.throwIfAborted();
    const feeds = this.#feeds(call);
    const start = performance.now();
    const outputs = await this.session.run(feeds, this.#outputs).catch((error: unknown) => {
      throw runtimeError(error, `run ${this.spec.graph}`, this.provider);
    });
    this.runtimeSeconds += (performance.now() - start) / 1000;
    this.evaluations += 1;
    const { frames, height, width } = call.zT;
    const prediction = this.#clip(outputs, 'prediction', [frames, 3, height, width]);
    const shapes = stateShapes(this.spec, call.zT);
    if (shapes.length === 0) return { prediction };
    return { prediction, states: shapes.map((shape, i) => this.#clip(outputs, `next_state_${i}`, shape)) };
  }

  #feeds(call: GraphCall): Record<string, Tensor> {
    const feeds: Record<string, Tensor> = {};
    for (const name of this.spec.inputs) feeds[name] = this.#feed(name, call);
    stateShapes(this.spec, call.zT).forEach((shape, i) => {
      const state = call.states?.[i];
      const data = state?.data ?? new Float32Array(shape.reduce((product, size) => product * size, 1));
      feeds[`state_${i}`] = new Tensor('float32', data, shape);
    });
    return feeds;
  }

  #feed(name: GraphInput, call: GraphCall): Tensor {
    switch (name) {
      case 'z_t':
        return clipTensor(call.zT);
      case 'log_snr':
        return scalar(call.logSnr);
      case 'text':
      case 'text_mask':
      case 'text_of_frame':
        return this.#textFeed(name, call);
      case 'low_res':
        return clipTensor(this.#required(name, call.lowRes));
      case 'low_res_log_snr':
        return scalar(this.#required(name, call.lowResLogSnr));
      case 'low_res_known': {
        const known = this.#required(name, call.lowResKnown);
        return new Tensor('float32', known, [known.length]);
      }
      case 'given':
        return clipTensor(this.#required(name, call.given));
      case 'given_mask':
        return clipTensor(this.#required(name, call.givenMask));
      case 'guidance_weight':
        return scalar(this.#required(name, call.guidanceWeight));
    }
  }

  #textFeed(name: 'text' | 'text_mask' | 'text_of_frame', call: GraphCall): Tensor {
    const { maxTokens, width } = this.text.shape;
    const negative = call.branch === 'negative';
    const encoded = negative ? this.#required('text', this.text.negative) : this.text.conditional;
    if (name === 'text') return new Tensor('float32', encoded.text, [encoded.prompts, maxTokens, width]);
    if (name === 'text_mask') {
      const mask = call.branch === 'unconditional' ? new Float32Array(encoded.mask.length) : encoded.mask;
      return new Tensor('float32', mask, [encoded.prompts, maxTokens]);
    }
    const parts = BigInt64Array.from(call.partOfFrame, (part) => BigInt(negative ? 0 : part));
    return new Tensor('int64', parts, [parts.length]);
  }

  #required<Value>(name: GraphInput, value: Value | undefined): Value {
    if (value !== undefined) return value;
    throw new SluiceError('internal', `The graph of ${this.spec.id} takes ${name}, which the engine did not give it.`);
  }

  #clip(outputs: InferenceSession.OnnxValueMapType, name: string, shape: Shape): Clip {
    const output = outputs[name];
    const [frames, channels, height, width] = shape;
    if (output?.type === 'float32' && output.dims.join() === shape.join() && output.data instanceof Float32Array)
      return { frames, channels, height, width, data: output.data };
    throw incompatible(
      this.spec,
      `${name} came out as [${output?.dims.join(', ') ?? ''}] ${output?.type ?? ''} where [${shape.join(', ')}] float32 was due`,
    );
  }
}

type Shape = readonly [number, number, number, number];

function stateSpecs(spec: StageSpec): readonly { frames: number; channels: number; cellPixels: number }[] {
  return spec.window.kind === 'causal' ? spec.window.states : [];
}

/** `[K, C, H', W']` of each state for a window of `zT`'s size. */
function stateShapes(spec: StageSpec, zT: Clip): readonly Shape[] {
  return stateSpecs(spec).map(({ frames, channels, cellPixels }) => [
    frames,
    channels,
    zT.height / cellPixels,
    zT.width / cellPixels,
  ]);
}

function compareNames(
  spec: StageSpec,
  what: 'inputs' | 'outputs',
  expected: readonly string[],
  found: readonly InferenceSession.ValueMetadata[],
): void {
  const names = found.map(({ name }) => name);
  if (names.toSorted().join() !== [...expected].sort().join())
    throw incompatible(spec, `its ${what} are ${names.join(', ')} where the manifest says ${expected.join(', ')}`);
  for (const value of found) {
    const type = value.name === 'text_of_frame' ? 'int64' : 'float32';
    if (!value.isTensor || value.type !== type)
      throw incompatible(spec, `${value.name} is ${value.isTensor ? value.type : 'no tensor'} where ${type} was due`);
  }
}

function incompatible(spec: StageSpec, what: string): SluiceError {
  return new SluiceError(
    'pack-incompatible',
    `The graph of stage ${spec.id} is not the one its manifest describes: ${what}. Use another version of the pack.`,
    { details: { stage: spec.id } },
  );
}

function clipTensor(clip: Clip): Tensor {
  return new Tensor('float32', clip.data, [clip.frames, clip.channels, clip.height, clip.width]);
}

function scalar(value: number): Tensor {
  return new Tensor('float32', Float32Array.of(value), [1]);
}
