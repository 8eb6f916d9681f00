/** The runtime's side of its thread: opens graphs, runs them, one question after the other. */
import type { MessagePort } from 'node:worker_threads';
import { z } from 'zod';
import { cancellation, serialiseError, SluiceError } from '#shared/errors';
import { openDirectly } from './direct';
import type { Graph } from './graph';
import { buffersOf, questionSchema, withdrawalSchema, type Answer, type Question } from './thread-messages';

/** Answers until the process ends. */
export function serveRuntime(port: MessagePort): void {
  const graphs = new Graphs();
  const unanswered = new Map<number, AbortController>();
  let last: Promise<void> = Promise.resolve();
  port.on('message', (message: unknown) => {
    const asked = z.union([questionSchema, withdrawalSchema]).parse(message);
    if (asked.kind === 'withdraw') {
      unanswered.get(asked.run)?.abort(cancellation());
      return;
    }
    const withdrawn = new AbortController();
    unanswered.set(asked.id, withdrawn);
    last = last.then(() => reply(port, graphs, asked, withdrawn.signal)).finally(() => unanswered.delete(asked.id));
  });
}

async function reply(port: MessagePort, graphs: Graphs, question: Question, signal: AbortSignal): Promise<void> {
  try {
    const answer = await graphs.answer(question, signal);
    port.postMessage(answer, answer.kind === 'ran' ? buffersOf(answer.outputs, answer.feeds) : []);
  } catch (error) {
    port.postMessage({ kind: 'failed', id: question.id, error: serialiseError(error) } satisfies Answer);
  }
}

class Graphs {
  readonly #open = new Map<number, Graph>();
  #opened = 0;

  async answer(question: Question, signal: AbortSignal): Promise<Answer> {
    const { id } = question;
    switch (question.kind) {
      case 'open': {
        const opened = await openDirectly(question.graph);
        const graph = (this.#opened += 1);
        this.#open.set(graph, opened);
        return { kind: 'opened', id, graph, inputs: opened.inputs, outputs: opened.outputs };
      }
      case 'run': {
        const { sequence } = question;
        const graph = this.#graph(question.graph);
        return { kind: 'ran', id, ...(await graph.run(question.feeds, question.outputs, { sequence, signal })) };
      }
      case 'release': {
        const graph = this.#graph(question.graph);
        this.#open.delete(question.graph);
        await graph.release();
        return { kind: 'released', id };
      }
    }
  }

  #graph(graph: number): Graph {
    const open = this.#open.get(graph);
    if (open === undefined) throw new SluiceError('internal', `Graph ${graph} is not open: it was released before.`);
    return open;
  }
}
