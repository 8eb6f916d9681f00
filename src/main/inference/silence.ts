/**
 * Notices a process that hangs: it says nothing for much longer than it ever took before.
 *
 * Time is counted in ticks of this process's own timer, so the time that a suspended machine sleeps does not count.
 */
import { SluiceError } from '#shared/errors';

export interface SilenceLimits {
  /** Until the first step has shown how fast this machine is: loading and one evaluation of the largest graph. */
  readonly firstMs: number;
  /** Afterwards this many times the longest silence so far, */
  readonly factor: number;
  /** but never less than this, which a slow disk may take to make a checkpoint durable. */
  readonly leastMs: number;
  readonly tickMs: number;
}

export const defaultSilenceLimits: SilenceLimits = { firstMs: 600_000, factor: 10, leastMs: 120_000, tickMs: 1000 };

export class SilenceWatch {
  #longestTicks: number | undefined;

  constructor(private readonly limits: SilenceLimits) {}

  /** What `next` resolves to, unless it takes too long: then `inference-timeout`. */
  async next<Result>(next: Promise<Result>): Promise<Result> {
    const limitTicks = Math.ceil(this.#limitMs() / this.limits.tickMs);
    let ticks = 0;
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setInterval(() => {
        ticks += 1;
        if (ticks >= limitTicks) reject(this.#timeout(limitTicks));
      }, this.limits.tickMs);
    });
    try {
      return await Promise.race([next, tooLong]);
    } finally {
      clearInterval(timer);
      if (this.#longestTicks !== undefined) this.#longestTicks = Math.max(this.#longestTicks, ticks + 1);
    }
  }

  /** The first step has been taken: from now on its pace counts. */
  measure(): void {
    this.#longestTicks ??= 1;
  }

  #limitMs(): number {
    const { firstMs, factor, leastMs, tickMs } = this.limits;
    return this.#longestTicks === undefined ? firstMs : Math.max(leastMs, factor * this.#longestTicks * tickMs);
  }

  #timeout(ticks: number): SluiceError {
    const seconds = Math.round((ticks * this.limits.tickMs) / 1000);
    return new SluiceError(
      'inference-timeout',
      `The inference process did not answer for ${seconds} s and was ended. Run the stage again, it goes on from its last step; if it hangs again, choose another provider.`,
      { details: { seconds } },
    );
  }
}
