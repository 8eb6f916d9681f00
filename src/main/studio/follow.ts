/**
 * What main's states and events look like to a stream of the channel: async iterables that end with their signal. A state is given as it
 * is and then whenever it changed, the newest only; events are given in order, each.
 */

/** A value that others may watch. */
export class Watched<T> {
  private readonly watchers = new Set<() => void>();

  constructor(private current: T) {}

  get value(): T {
    return this.current;
  }

  set(value: T): void {
    this.current = value;
    for (const wake of this.watchers) wake();
  }

  /** Calls `listener` after each change; returns how to stop that. */
  watch(listener: () => void): () => void {
    this.watchers.add(listener);
    return () => this.watchers.delete(listener);
  }

  /** The value now, and then each newest one. */
  async *follow(signal: AbortSignal): AsyncGenerator<T> {
    const alarm = new Alarm(signal);
    const stop = this.watch(() => alarm.ring());
    try {
      while (!signal.aborted) {
        yield this.current;
        await alarm.rings();
      }
    } finally {
      stop();
    }
  }
}

/** Something to wait for that may ring before anyone waits; it also rings when its signal aborts. */
export class Alarm {
  private hasRung = false;
  private wake: () => void = () => undefined;

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.ring(), { once: true });
  }

  ring(): void {
    this.hasRung = true;
    this.wake();
  }

  async rings(): Promise<void> {
    if (!this.hasRung) await new Promise<void>((resolve) => (this.wake = resolve));
    this.hasRung = false;
  }
}

/**
 * The events that `subscribe` brings from now on, after `first`. `merge` makes room for one that comes while others still wait.
 */
export async function* followEvents<T>(
  subscribe: (listener: (event: T) => void) => () => void,
  signal: AbortSignal,
  merge: (waiting: readonly T[], next: T) => readonly T[] = (waiting, next) => [...waiting, next],
  first: readonly T[] = [],
): AsyncGenerator<T> {
  let waiting = first;
  const alarm = new Alarm(signal);
  const unsubscribe = subscribe((event) => {
    waiting = merge(waiting, event);
    alarm.ring();
  });
  try {
    while (!signal.aborted) {
      const [next, ...rest] = waiting;
      waiting = rest;
      if (next === undefined) await alarm.rings();
      else yield next;
    }
  } finally {
    unsubscribe();
  }
}
