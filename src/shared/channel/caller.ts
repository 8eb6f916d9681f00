/** The asking side of a channel: matches answers to calls by their id, in whatever order they come. */
import type { z } from 'zod';
import { cancellation, deserialiseError } from '../errors';
import { parsePayload, protocolError, type Contract, type RequestSpecs, type StreamSpecs } from './contract';
import { RemoteStream } from './remote-stream';
import type { CalleeMessage, Post } from './wire';

/** Events that a stream holds for a reader that is slower than the sender. */
const defaultCredit = 8;

interface PendingCall {
  deliver(payload: unknown): void;
  finish(error?: Error): void;
}

export class Caller<Requests extends RequestSpecs<Requests>, Streams extends StreamSpecs<Streams>> {
  readonly #pending = new Map<number, PendingCall>();
  #lastId = 0;
  #closed: Error | undefined;

  constructor(
    private readonly contract: Contract<Requests, Streams>,
    private readonly post: Post,
  ) {}

  /** Rejects with what the other side threw, when the channel closes, and at once with its reason when `signal` aborts. */
  async request<Name extends keyof Requests & string>(
    name: Name,
    payload: z.input<Requests[Name]['request']>,
    signal?: AbortSignal,
  ): Promise<z.output<Requests[Name]['response']>> {
    const schema: Requests[Name]['response'] = this.contract.requests[name].response;
    const answer = await this.#call(name, schema, payload, signal, 1).next();
    if (answer.done === true) throw protocolError(`the request ${name} was not answered`);
    return answer.value;
  }

  /** The stream's reads reject as `request` does. `credit`: events that may wait unread on this side. */
  stream<Name extends keyof Streams & string>(
    name: Name,
    payload: z.input<Streams[Name]['request']>,
    signal?: AbortSignal,
    credit = defaultCredit,
  ): RemoteStream<z.output<Streams[Name]['event']>> {
    const schema: Streams[Name]['event'] = this.contract.streams[name].event;
    return this.#call(name, schema, payload, signal, credit);
  }

  /** Throws `channel-protocol` for answers that nobody asked for; late ones, after a cancellation, are dropped. */
  receive(message: CalleeMessage): void {
    if (message.id > this.#lastId) throw protocolError(`an answer came to call ${message.id}, which was never made`);
    const call = this.#pending.get(message.id);
    if (message.type === 'event') {
      call?.deliver(message.payload);
    } else {
      this.#pending.delete(message.id);
      call?.finish(message.type === 'failure' ? deserialiseError(message.error) : undefined);
    }
  }

  /** Rejects everything pending, and every later call, with `reason`. */
  close(reason: Error): void {
    this.#closed ??= reason;
    for (const call of this.#pending.values()) call.finish(reason);
    this.#pending.clear();
  }

  #call<Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    payload: unknown,
    signal: AbortSignal | undefined,
    credit: number,
  ): RemoteStream<z.output<Schema>> {
    const id = (this.#lastId += 1);
    const stream = new RemoteStream<z.output<Schema>>(
      credit,
      (count) => void this.post({ type: 'credit', id, credit: count }),
      () => {
        if (this.#pending.has(id)) void this.post({ type: 'cancel', id });
      },
    );
    const abort = (): void => stream.abort(signal?.reason instanceof Error ? signal.reason : cancellation());
    const finish = (error?: Error): void => {
      signal?.removeEventListener('abort', abort);
      stream.finish(error);
      stream.markReleased();
    };
    if (signal?.aborted === true) abort();
    if (this.#closed !== undefined || signal?.aborted === true) {
      finish(this.#closed);
      return stream;
    }
    signal?.addEventListener('abort', abort);
    const deliver = (value: unknown): void => stream.deliver(parsePayload(schema, value, `an answer of ${name}`));
    this.#pending.set(id, { deliver, finish });
    this.post({ type: 'call', id, name, payload, credit }).catch((error: unknown) => {
      this.#pending.delete(id);
      finish(error instanceof Error ? error : protocolError(String(error)));
    });
    return stream;
  }
}
