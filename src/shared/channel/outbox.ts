/**
 * The sending end of a stream: lets events go as the reader grants credit, one credit an event.
 *
 * Holds at most one event that must arrive and one for each `latestWins` key, whatever the producer's speed.
 */
import type { StreamSpec } from './contract';

export class Outbox {
  #queue: { readonly event: unknown; readonly key: string | undefined }[] = [];
  #lastPost: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;

  constructor(
    private credit: number,
    private readonly latestWins: StreamSpec['latestWins'],
    private readonly post: (event: unknown) => Promise<void>,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => this.#wake(), { once: true });
  }

  /** Resolves when the producer may go on. Throws the signal's reason once it aborted, or why the event cannot be sent. */
  async offer(event: unknown): Promise<void> {
    this.signal.throwIfAborted();
    const key = this.latestWins?.(event);
    if (key !== undefined) this.#queue = this.#queue.filter((waiting) => waiting.key !== key);
    this.#queue.push({ event, key });
    this.#flush();
    await (key === undefined ? this.drain() : this.#lastPost);
  }

  /** Resolves when everything offered has left. Throws as `offer`. */
  async drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
      this.signal.throwIfAborted();
    }
    await this.#lastPost;
  }

  grant(count: number): void {
    this.credit += count;
    this.#flush();
    this.#wake();
  }

  #flush(): void {
    while (this.credit > 0) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      this.credit -= 1;
      this.#lastPost = this.post(next.event);
      // Awaited by the producer's next `offer` or `drain`; it must not count as unhandled until then.
      this.#lastPost.catch(() => undefined);
    }
  }
}
