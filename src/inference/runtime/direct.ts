/**
 * Graphs on ONNX Runtime in this very thread, which a run blocks until it is over. So each run first lets the event loop turn
 * once, for cancellations to arrive and events to leave.
 *
 * Options as measured with onnxruntime-node 1.30 on the CPU: memory patterns double the peak for changing shapes, spinning
 * threads slow a shared machine down, `all` (blocked layout) is 14 % faster than `extended`.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { SluiceError } from '#shared/errors';
import { runtimeError } from '../runtime-errors';
import type { Graph, GraphTensor, GraphTensors, GraphToOpen, GraphValue, RunOptions } from './graph';

/** An `OpenGraph`. */
export async function openDirectly(graph: GraphToOpen): Promise<Graph> {
  const { InferenceSession: sessions, Tensor: tensors } = await loadRuntime();
  try {
    const session = await sessions.create(graph.bytes, {
      executionProviders: [graph.provider],
      graphOptimizationLevel: 'all',
      executionMode: 'sequential',
      enableMemPattern: false,
      enableCpuMemArena: graph.arena,
      intraOpNumThreads: graph.threads,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
      extra: { session: { intra_op: { allow_spinning: '0' }, load_model_format: 'ONNX' } },
    });
    return new DirectGraph(session, tensors, graph);
  } catch (error) {
    throw runtimeError(error, `load ${graph.name}`, graph.provider);
  }
}

const statePrefix = 'next_';

class DirectGraph implements Graph {
  /** States of each sequence, under the names by which they are fed. */
  readonly #states = new Map<string, Record<string, Tensor>>();
  #last: Promise<unknown> = Promise.resolve();
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];

  constructor(
    private readonly session: InferenceSession,
    private readonly tensors: typeof Tensor,
    private readonly of: Pick<GraphToOpen, 'name' | 'provider'>,
  ) {
    this.inputs = session.inputMetadata.map(graphValue);
    this.outputs = session.outputMetadata.map(graphValue);
  }

  run(feeds: GraphTensors, outputs: readonly string[], options: RunOptions = {}): ReturnType<Graph['run']> {
    const answer = this.#last.then(() => this.#run(feeds, outputs, options));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #run(
    feeds: GraphTensors,
    outputs: readonly string[],
    { sequence, signal }: RunOptions,
  ): ReturnType<Graph['run']> {
    await nextTurn();
    signal?.throwIfAborted();
    const carried = sequence === undefined ? [] : this.#stateOutputs();
    const tensors = {
      ...this.#tensorsOf(feeds),
      ...(sequence && !sequence.isFirst && this.#states.get(sequence.name)),
    };
    const start = performance.now();
    try {
      const answer = await this.session.run(tensors, [...outputs, ...carried]);
      const seconds = (performance.now() - start) / 1000;
      if (sequence !== undefined) this.#states.set(sequence.name, statesIn(answer, carried));
      return { outputs: pick(answer, outputs), feeds, seconds };
    } catch (error) {
      throw runtimeError(error, `run ${this.of.name}`, this.of.provider);
    }
  }

  #stateOutputs(): string[] {
    return this.outputs.map(({ name }) => name).filter((name) => name.startsWith(statePrefix));
  }

  release(): Promise<void> {
    return this.session.release();
  }

  #tensorsOf(feeds: GraphTensors): Record<string, Tensor> {
    const tensors: Record<string, Tensor> = {};
    for (const [name, { data, dims }] of Object.entries(feeds)) {
      if (data instanceof Float32Array) tensors[name] = new this.tensors('float32', data, dims);
      else if (data instanceof BigInt64Array) tensors[name] = new this.tensors('int64', data, dims);
      else throw new SluiceError('internal', `${name} was fed neither float32 nor int64.`);
    }
    return tensors;
  }
}

/** Named as the next run takes them. */
function statesIn(answer: Readonly<Record<string, Tensor>>, names: readonly string[]): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(answer)
      .filter(([name]) => names.includes(name))
      .map(([name, tensor]) => [name.slice(statePrefix.length), tensor]),
  );
}

function pick(answer: Readonly<Record<string, GraphTensor>>, names: readonly string[]): GraphTensors {
  const found: Record<string, GraphTensor> = {};
  for (const [name, { type, data, dims }] of Object.entries(answer))
    if (names.includes(name)) found[name] = { type, data, dims };
  return found;
}

function graphValue(value: InferenceSession.ValueMetadata): GraphValue {
  return { name: value.name, type: value.isTensor ? value.type : undefined };
}

/** With the first graph, so that a library which does not load is an answer and not a silent death. */
async function loadRuntime(): Promise<typeof import('onnxruntime-node')> {
  return import('onnxruntime-node').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SluiceError(
      'provider-unavailable',
      `ONNX Runtime cannot be loaded on ${process.platform} ${process.arch}: ${why}. Run npm ci again; macOS on Intel has no build of it.`,
      { cause },
    );
  });
}
