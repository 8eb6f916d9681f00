/**
 * The reading end of a stream. Holds at most as many events as it granted credit for; a sender that exceeds its credit
 * breaks the protocol, so that memory is bounded whoever is on the other side.
 */
import { SluiceError } from '../errors';
import { protocolError } from './contract';

type State = { readonly kind: 'open' | 'ended' } | { readonly kind: 'failed'; readonly error: Error };

export class RemoteStream<Event> implements AsyncIterableIterator<Event, undefined> {
  /** Resolves when the other side's producer has stopped or the other side is gone; an abort is acknowledged before. */
  readonly released: Promise<void>;
  /** For the caller that made this stream. */
  readonly markReleased: () => void;
  #events: { readonly value: Event }[] = [];
  #wake: (() => void) | undefined;
  #state: State = { kind: 'open' };

  constructor(
    private credit: number,
    private readonly grant: (count: number) => void,
    private readonly cancel: () => void,
  ) {
    let release: () => void = () => undefined;
    this.released = new Promise((resolve) => (release = resolve));
    this.markReleased = release;
  }

  /** One read at a time. */
  async next(): Promise<IteratorResult<Event, undefined>> {
    if (this.#wake !== undefined) throw new SluiceError('internal', 'Await the last next() before the next one.');
    if (this.#events.length === 0 && this.#state.kind === 'open')
      await new Promise<void>((resolve) => (this.#wake = resolve));
    const event = this.#events.shift();
    if (event !== undefined) {
      if (this.#state.kind === 'open') this.#grantOne();
      return { done: false, value: event.value };
    }
    const state = this.#state;
    this.#state = { kind: 'ended' };
    if (state.kind === 'failed') throw state.error;
    return { done: true, value: undefined };
  }

  /** Leaving a `for await` early cancels the producer. */
  return(): Promise<IteratorResult<Event, undefined>> {
    if (this.#state.kind === 'open') this.cancel();
    this.#events = [];
    this.#settle({ kind: 'ended' });
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Throws `channel-protocol` for an event beyond the credit. */
  deliver(event: Event): void {
    if (this.credit === 0) throw protocolError('more events arrived than were asked for');
    this.credit -= 1;
    if (this.#state.kind !== 'open') return;
    this.#events.push({ value: event });
    this.#signal();
  }

  /** Without an error: the stream ends. Events that came before are read first. */
  finish(error?: Error): void {
    this.#settle(error === undefined ? { kind: 'ended' } : { kind: 'failed', error });
  }

  /** Acknowledges at once: what waits unread is dropped, the next read throws `error`. */
  abort(error: Error): void {
    if (this.#state.kind !== 'open') return;
    this.#events = [];
    this.finish(error);
    this.cancel();
  }

  #settle(state: State): void {
    if (this.#state.kind === 'open') this.#state = state;
    this.#signal();
  }

  #signal(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  #grantOne(): void {
    this.credit += 1;
    this.grant(1);
  }
}
