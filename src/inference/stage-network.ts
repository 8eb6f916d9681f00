/**
 * A stage's graph on ONNX Runtime, as the engine's `StageNetwork`. Knows the graph's inputs and outputs by name and shape
 * (docs/pack-format.md, "A denoiser graph"); knows nothing of steps, samplers or windows.
 *
 * What is fed is copied when an evaluation is asked for, and handed to the runtime at once: copies are made while it computes the
 * evaluation before, and it begins the next one without asking back.
 */
import type { Clip, GraphCall, StageNetwork } from '#engine/denoiser';
import { SluiceError } from '#shared/errors';
import type { GraphInput, StageSpec } from '#shared/pack-manifest';
import { FeedBuffers } from './runtime/feed-buffers';
import type { Graph, GraphTensor, GraphTensors, GraphValue } from './runtime/graph';
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
  readonly #buffers = new FeedBuffers();

  /** Throws `pack-incompatible` where the graph's inputs and outputs are not those that the manifest lists. */
  constructor(
    private readonly graph: Graph,
    private readonly spec: StageSpec,
    private readonly text: StageText,
    private readonly signal: AbortSignal,
  ) {
    const states = stateSpecs(spec).map((_, i) => `state_${i}`);
    compareNames(spec, 'inputs', [...spec.inputs, ...states], graph.inputs);
    compareNames(spec, 'outputs', ['prediction', ...states.map((name) => `next_${name}`)], graph.outputs);
  }

  /** Throws `out-of-memory`, `pack-incompatible`, `provider-unavailable`, `inference-crashed`, or the cancellation. */
  async evaluate(call: GraphCall): Promise<Clip> {
    this.signal.throwIfAborted();
    const { sequence } = call;
    const feeds = this.#feeds(call);
    if (sequence?.isFirst ?? true) this.#feedNoStates(feeds, call.zT);
    const answer = await this.graph.run(feeds, ['prediction'], { sequence, signal: this.signal });
    this.#buffers.giveBack(answer.feeds, (name) => call.given === undefined && name.startsWith('given'));
    this.runtimeSeconds += answer.seconds;
    this.evaluations += 1;
    const { frames, height, width } = call.zT;
    return this.#clip(answer.outputs, 'prediction', [frames, 3, height, width]);
  }

  #feedNoStates(feeds: Record<string, GraphTensor>, zT: Clip): void {
    stateShapes(this.spec, zT).forEach((dims, i) => {
      feeds[`state_${i}`] = { type: 'float32', data: zerosOf(dims), dims };
    });
  }

  #feeds(call: GraphCall): Record<string, GraphTensor> {
    return Object.fromEntries(this.spec.inputs.map((name) => [name, this.#feed(name, call)]));
  }

  #feed(name: GraphInput, call: GraphCall): GraphTensor {
    switch (name) {
      case 'z_t':
        return this.#clipTensor(call.zT);
      case 'log_snr':
        return this.#scalar(call.logSnr);
      case 'text':
      case 'text_mask':
      case 'text_of_frame':
        return this.#textFeed(name, call);
      case 'low_res':
        return this.#clipTensor(this.#required(name, call.lowRes));
      case 'low_res_log_snr':
        return this.#scalar(this.#required(name, call.lowResLogSnr));
      case 'low_res_known': {
        const known = this.#required(name, call.lowResKnown);
        return this.#float32(known, [known.length]);
      }
      case 'given':
        return call.given === undefined ? this.#nothing(call.zT, 3) : this.#clipTensor(call.given);
      case 'given_mask':
        return call.givenMask === undefined ? this.#nothing(call.zT, 1) : this.#clipTensor(call.givenMask);
      case 'guidance_weight':
        return this.#scalar(this.#required(name, call.guidanceWeight));
    }
  }

  #textFeed(name: 'text' | 'text_mask' | 'text_of_frame', call: GraphCall): GraphTensor {
    const { maxTokens, width } = this.text.shape;
    const negative = call.branch === 'negative';
    const encoded = negative ? this.#required('text', this.text.negative) : this.text.conditional;
    if (name === 'text') return this.#float32(encoded.text, [encoded.prompts, maxTokens, width]);
    if (name === 'text_mask') {
      const mask = call.branch === 'unconditional' ? new Float32Array(encoded.mask.length) : encoded.mask;
      return this.#float32(mask, [encoded.prompts, maxTokens]);
    }
    const parts = BigInt64Array.from(call.partOfFrame, (part) => BigInt(negative ? 0 : part));
    return { type: 'int64', data: parts, dims: [parts.length] };
  }

  #required<Value>(name: GraphInput, value: Value | undefined): Value {
    if (value !== undefined) return value;
    throw new SluiceError('internal', `The graph of ${this.spec.id} takes ${name}, which the engine did not give it.`);
  }

  #clipTensor(clip: Clip): GraphTensor {
    return this.#float32(clip.data, [clip.frames, clip.channels, clip.height, clip.width]);
  }

  #nothing({ frames, height, width }: Clip, channels: number): GraphTensor {
    const dims = [frames, channels, height, width];
    return { type: 'float32', data: this.#buffers.zeros(frames * channels * height * width), dims };
  }

  #scalar(value: number): GraphTensor {
    return this.#float32(Float32Array.of(value), [1]);
  }

  #float32(data: Float32Array, dims: readonly number[]): GraphTensor {
    return { type: 'float32', data: this.#buffers.copyOf(data), dims };
  }

  #clip(outputs: GraphTensors, name: string, shape: Shape): Clip {
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

function zerosOf(shape: Shape): Float32Array {
  return new Float32Array(shape.reduce((product, size) => product * size, 1));
}

function compareNames(
  spec: StageSpec,
  what: 'inputs' | 'outputs',
  expected: readonly string[],
  found: readonly GraphValue[],
): void {
  const names = found.map(({ name }) => name);
  if (names.toSorted().join() !== [...expected].sort().join())
    throw incompatible(spec, `its ${what} are ${names.join(', ')} where the manifest says ${expected.join(', ')}`);
  for (const value of found) {
    const type = value.name === 'text_of_frame' ? 'int64' : 'float32';
    if (value.type !== type)
      throw incompatible(spec, `${value.name} is ${value.type ?? 'no tensor'} where ${type} was due`);
  }
}

function incompatible(spec: StageSpec, what: string): SluiceError {
  return new SluiceError(
    'pack-incompatible',
    `The graph of stage ${spec.id} is not the one its manifest describes: ${what}. Use another version of the pack.`,
    { details: { stage: spec.id } },
  );
}
