/** The answering side of a channel: runs the handlers, sends their events as credit allows, aborts them when told to. */
import type { z } from 'zod';
import { cancellation, serialiseError } from '../errors';
import { parsePayload, protocolError } from './contract';
import type { Contract, Handlers, RequestSpecs, StreamSpec, StreamSpecs } from './contract';
import { Outbox } from './outbox';
import type { CallerMessage, Post } from './wire';

/** Calls that one peer may have running; far beyond any use, so that a broken peer is cut off before memory runs out. */
const mostCalls = 1024;

interface Producer {
  /** Parses before anything runs: throws `channel-protocol`. */
  readonly start: (payload: unknown, signal: AbortSignal) => AsyncIterable<unknown>;
  readonly latestWins: StreamSpec['latestWins'];
}

/** Handlers with their schemas applied, by the name of the call. */
export type Service = ReadonlyMap<string, Producer>;

export function service<Requests extends RequestSpecs<Requests>, Streams extends StreamSpecs<Streams>>(
  contract: Contract<Requests, Streams>,
  handlers: Handlers<Requests, Streams>,
): Service {
  const producers = new Map<string, Producer>();
  for (const name in contract.requests) {
    const { requests } = handlers;
    const request: Requests[typeof name]['request'] = contract.requests[name].request;
    producers.set(
      name,
      parsing(name, request, (parsed, signal) => once(() => requests[name](parsed, signal))),
    );
  }
  for (const name in contract.streams) {
    const { streams } = handlers;
    const request: Streams[typeof name]['request'] = contract.streams[name].request;
    producers.set(name, parsing(name, request, streams[name], contract.streams[name].latestWins));
  }
  return producers;
}

function parsing<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  start: (request: z.output<Schema>, signal: AbortSignal) => AsyncIterable<unknown>,
  latestWins?: StreamSpec['latestWins'],
): Producer {
  return {
    start: (payload, signal) => {
      const request = parsePayload(schema, payload, `the request ${name}`);
      return begun(() => start(request, signal));
    },
    latestWins,
  };
}

/** The events of `start`, which is called when they are read: what a handler throws at once is an answer, not the channel's end. */
async function* begun(start: () => AsyncIterable<unknown>): AsyncIterable<unknown> {
  yield* start();
}

async function* once(answer: () => Promise<unknown>): AsyncIterable<unknown> {
  yield await answer();
}

export class Callee {
  readonly #running = new Map<number, { readonly abort: AbortController; readonly outbox: Outbox }>();

  constructor(
    private readonly offered: Service,
    private readonly post: Post,
  ) {}

  /** Throws `channel-protocol` for a message that no well-behaved caller sends. */
  receive(message: CallerMessage): void {
    switch (message.type) {
      case 'call':
        this.#start(message);
        break;
      case 'credit':
        this.#running.get(message.id)?.outbox.grant(message.credit);
        break;
      case 'cancel':
        this.#running.get(message.id)?.abort.abort(cancellation());
        break;
    }
  }

  /** The caller is gone: nobody will read the answers. */
  close(): void {
    for (const call of this.#running.values()) call.abort.abort(cancellation('The other side of the channel is gone.'));
  }

  #start({ id, name, payload, credit }: Extract<CallerMessage, { type: 'call' }>): void {
    const producer = this.offered.get(name);
    if (producer === undefined) throw protocolError(`nothing is called ${JSON.stringify(name)} here`);
    if (this.#running.has(id)) throw protocolError(`call ${id} was made twice`);
    if (this.#running.size >= mostCalls) throw protocolError(`more than ${mostCalls} calls are running`);
    const abort = new AbortController();
    const events = producer.start(payload, abort.signal);
    const post = (event: unknown): Promise<void> => this.post({ type: 'event', id, payload: event });
    const outbox = new Outbox(credit, producer.latestWins, post, abort.signal);
    this.#running.set(id, { abort, outbox });
    void this.#produce(id, events, outbox).finally(() => this.#running.delete(id));
  }

  async #produce(id: number, events: AsyncIterable<unknown>, outbox: Outbox): Promise<void> {
    try {
      for await (const event of events) await outbox.offer(event);
      await outbox.drain();
      await this.post({ type: 'end', id });
    } catch (error) {
      await this.post({ type: 'failure', id, error: serialiseError(error) });
    }
  }
}
