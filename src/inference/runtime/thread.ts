/**
 * Graphs on ONNX Runtime in a thread of their own: a run blocks the thread that it is called from, and the engine has the next
 * window to prepare and the last one to finish meanwhile.
 *
 * The thread is never ended: `terminate` in the middle of a run takes the process along. If it ends by itself, so does the
 * process, which main starts again.
 */
import { Worker } from 'node:worker_threads';
import { deserialiseError, SluiceError } from '#shared/errors';
import type { Graph, GraphTensors, GraphToOpen, GraphValue, OpenGraph } from './graph';
import { answerSchema, buffersOf, type Answer, type Question } from './thread-messages';

interface Waiting {
  readonly answer: (answer: Answer) => void;
  readonly fail: (error: Error) => void;
}

/** `entryPath`: a program that calls `serveRuntime` when it is not its process's main thread. Started with the first graph. */
export function runtimeThread(entryPath: string): OpenGraph {
  let thread: RuntimeThread | undefined;
  return async (graph) => {
    thread ??= new RuntimeThread(new Worker(entryPath));
    return thread.open(graph);
  };
}

class RuntimeThread {
  readonly #waiting = new Map<number, Waiting>();
  #questions = 0;

  constructor(private readonly worker: Worker) {
    worker.on('message', (message: unknown) => this.#receive(answerSchema.parse(message)));
    worker.on('error', (error) => {
      throw error;
    });
    worker.unref();
  }

  async open(graph: GraphToOpen): Promise<Graph> {
    const opened = await this.#ask((id) => ({ kind: 'open', id, graph }));
    if (opened.kind !== 'opened') throw unexpected(opened);
    return new ThreadGraph((question, transfer) => this.#ask(question, transfer), opened);
  }

  #ask(question: (id: number) => Question, transfer: ArrayBuffer[] = []): Promise<Answer> {
    const id = (this.#questions += 1);
    return new Promise((answer, fail) => {
      this.#waiting.set(id, { answer, fail });
      this.worker.ref();
      this.worker.postMessage(question(id), transfer);
    });
  }

  #receive(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    // A thread without a question keeps no process alive.
    if (this.#waiting.size === 0) this.worker.unref();
    if (answer.kind === 'failed') waiting?.fail(deserialiseError(answer.error));
    else waiting?.answer(answer);
  }
}

type Ask = (question: (id: number) => Question, transfer?: ArrayBuffer[]) => Promise<Answer>;

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

  async run(feeds: GraphTensors, outputs: readonly string[]): ReturnType<Graph['run']> {
    const run = (id: number): Question => ({ kind: 'run', id, graph: this.#graph, feeds, outputs });
    const answer = await this.ask(run, buffersOf(feeds));
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
