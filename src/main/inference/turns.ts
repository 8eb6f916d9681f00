/** One at a time, in order of asking. */
import { untilAborted } from '../until-aborted';

export class Turns {
  #last: Promise<void> = Promise.resolve();
  #taken = 0;

  /** Whether anybody works or waits. */
  get isTaken(): boolean {
    return this.#taken > 0;
  }

  /**
   * Resolves when everybody before has finished, with the function that ends this turn.
   * Rejects at once with the signal's reason when it aborts; the place in the queue is given up then.
   */
  async next(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const before = this.#last;
    let finish: () => void = () => undefined;
    this.#taken += 1;
    this.#last = new Promise((resolve) => {
      finish = () => {
        this.#taken -= 1;
        resolve();
      };
    });
    try {
      await untilAborted(before, signal);
    } catch (error) {
      void before.then(finish);
      throw error;
    }
    return finish;
  }
}
