/**
 * Graphs on ONNX Runtime in a thread of their own: a run blocks the thread that it is called from, and the engine has the next
 * window to prepare and the last one to finish meanwhile.
 *
 * The thread is never ended: `terminate` in the middle of a run takes the process along. If it ends by itself, so does the
 * process, which main starts again.
 */
import { Worker, type MessagePort } from 'node:worker_threads';
import { deserialiseError, SluiceError } from '#shared/errors';
import type { Graph, GraphTensors, GraphToOpen, GraphValue, OpenGraph, RunOptions } from './graph';
import { answerSchema, buffersOf, type Answer, type Question, type Withdrawal } from './thread-messages';

interface Waiting {
  readonly answer: (answer: Answer) => void;
  readonly fail: (error: Error) => void;
}

/** `entryPath`: a program that calls `serveRuntime` when it is not its process's main thread. Started at once: it takes as long as the process itself did. */
export function runtimeThread(entryPath: string): OpenGraph {
  return runtimeAt(startThread(entryPath));
}

/** What is used of a thread; a `MessagePort` has it as well. */
export type RuntimePort = Pick<Worker, 'postMessage' | 'on' | 'ref' | 'unref'> | MessagePort;

/** Graphs of whoever calls `serveRuntime` at the other end. */
export function runtimeAt(port: RuntimePort): OpenGraph {
  const runtime = new Runtime(port);
  return (graph) => runtime.open(graph);
}

function startThread(entryPath: string): Worker {
  const worker = new Worker(entryPath);
  worker.on('error', (error) => {
    throw error;
  });
  return worker;
}

class Runtime {
  readonly #waiting = new Map<number, Waiting>();
  #questions = 0;

  constructor(private readonly port: RuntimePort) {
    port.on('message', (message: unknown) => this.#receive(answerSchema.parse(message)));
    port.unref();
  }

  async open(graph: GraphToOpen): Promise<Graph> {
    const opened = await this.#ask((id) => ({ kind: 'open', id, graph }));
    if (opened.kind !== 'opened') throw unexpected(opened);
    return new ThreadGraph((question, asking) => this.#ask(question, asking), opened);
  }

  async #ask(question: (id: number) => Question, { transfer = [], signal }: Asking = {}): Promise<Answer> {
    const id = (this.#questions += 1);
    const withdraw = (): void => this.port.postMessage({ kind: 'withdraw', run: id } satisfies Withdrawal);
    signal?.addEventListener('abort', withdraw);
    return new Promise<Answer>((answer, fail) => {
      this.#waiting.set(id, { answer, fail });
      this.port.ref();
      this.port.postMessage(question(id), transfer);
    }).finally(() => signal?.removeEventListener('abort', withdraw));
  }

  #receive(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    // A thread without a question keeps no process alive.
    if (this.#waiting.size === 0) this.port.unref();
    if (answer.kind === 'failed') waiting?.fail(deserialiseError(answer.error));
    else waiting?.answer(answer);
  }
}

interface Asking {
  readonly transfer?: ArrayBuffer[];
  /** Withdraws the question. */
  readonly signal?: AbortSignal | undefined;
}

type Ask = (question: (id: number) => Question, asking?: Asking) => Promise<Answer>;

class ThreadGraph implements Graph {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
  readonly #graph: number;

  constructor(
    private readonly ask: Ask,
    { graph, inputs, outputs }: Extract<Answer, { kind: 'opened' }>,
  ) {
    this.#graph = graph;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  async run(
    feeds: GraphTensors,
    outputs: readonly string[],
    { sequence, signal }: RunOptions = {},
  ): ReturnType<Graph['run']> {
    signal?.throwIfAborted();
    const run = (id: number): Question => ({
      kind: 'run',
      id,
      graph: this.#graph,
      feeds,
      outputs,
      ...(sequence && { sequence }),
    });
    const answer = await this.ask(run, { transfer: buffersOf(feeds), signal });
    if (answer.kind !== 'ran') throw unexpected(answer);
    return answer;
  }

  async release(): Promise<void> {
    const answer = await this.ask((id) => ({ kind: 'release', id, graph: this.#graph }));
    if (answer.kind !== 'released') throw unexpected(answer);
  }
}

function unexpected(answer: Answer): SluiceError {
  return new SluiceError('internal', `The runtime's thread answered "${answer.kind}" to another question.`);
}
