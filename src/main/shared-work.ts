/**
 * Work that several ask for at the same time, done once for all of them. It knows nothing of what was done before: what is to be
 * remembered, the work itself remembers.
 */
import { cancellation } from '#shared/errors';
import { untilAborted } from './until-aborted';

interface Running<Result> {
  readonly result: Promise<Result>;
  readonly abort: AbortController;
  waiting: number;
}

export class SharedWork<Result> {
  readonly #running = new Map<string, Running<Result>>();

  /**
   * What `work` resolves to or throws: begun now, unless it goes on already under `name`. Its own signal aborts when nobody waits for it
   * any more. Throws the reason of `signal` at once.
   */
  async join(
    name: string,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    signal?.throwIfAborted();
    const running = this.#running.get(name) ?? this.#begin(name, work);
    running.waiting += 1;
    try {
      return await untilAborted(running.result, signal);
    } finally {
      running.waiting -= 1;
      if (running.waiting === 0) {
        this.#end(name, running);
        running.abort.abort(cancellation());
      }
    }
  }

  #begin(name: string, work: (signal: AbortSignal) => Promise<Result>): Running<Result> {
    const abort = new AbortController();
    const running = { result: work(abort.signal), abort, waiting: 0 };
    this.#running.set(name, running);
    const end = (): void => this.#end(name, running);
    running.result.then(end, end);
    return running;
  }

  /** Whoever comes now begins anew, also while work that nobody waits for is still ending. */
  #end(name: string, running: Running<Result>): void {
    if (this.#running.get(name) === running) this.#running.delete(name);
  }
}
