/** Tells of a job in plain lines, for logs and pipes: what begins, what ends, and a sign of life now and then in between. */
import type { CascadeEvent } from '#main/jobs/cascade-job';
import { afterEvent, initialProgress, providerText, remainingAt, type ProgressState } from './progress-state';
import type { Reporter } from './reporter';
import { printable } from './text';
import { seconds } from './units';

const signOfLifeMs = 10_000;

export class PlainReporter implements Reporter {
  #state: ProgressState = initialProgress(Date.now());
  #toldMs = Date.now();

  constructor(private readonly write: (text: string) => unknown) {}

  begin(heading: readonly string[]): void {
    this.#state = initialProgress(Date.now());
    for (const line of heading) this.#line(line);
  }

  event(event: CascadeEvent): void {
    this.#state = afterEvent(this.#state, event, Date.now());
    const line = this.#wordsFor(event);
    if (line !== undefined) this.#line(line);
  }

  exporting(title: string, share: number): void {
    if (Date.now() - this.#toldMs >= signOfLifeMs) this.#line(`writing ${title}: ${Math.floor(share * 100)} %`);
  }

  notice(message: string): void {
    this.#line(`note: ${message}`);
  }

  end(): void {
    this.#line(`${seconds((Date.now() - this.#state.startedMs) / 1000)} in all`);
  }

  #wordsFor(event: CascadeEvent): string | undefined {
    switch (event.kind) {
      case 'provider':
        return `on ${providerText(event)}`;
      case 'waiting':
        return `${event.stage}: another process is making it, waiting`;
      case 'stage-started':
        return event.resumedAtStep === 0 ? undefined : `${event.stage}: resumed at step ${event.resumedAtStep + 1}`;
      case 'stage-finished':
        return `${event.stage}: ${event.reused ? 'kept from before' : seconds(event.seconds)}`;
      case 'warning':
        return `note: ${event.message}`;
      case 'retrying':
        return `${event.stage}: trying again after: ${event.message}`;
      case 'progress':
        return Date.now() - this.#toldMs < signOfLifeMs ? undefined : this.#signOfLife(event);
      case 'planned':
      case 'preview':
        return undefined;
    }
  }

  #signOfLife({ stage, step, steps }: Extract<CascadeEvent, { kind: 'progress' }>): string {
    const left = remainingAt(this.#state, Date.now());
    return `${stage}: step ${Math.min(step + 1, steps)} of ${steps}${left === undefined ? '' : `, about ${seconds(left)} left`}`;
  }

  #line(text: string): void {
    this.#toldMs = Date.now();
    this.write(`${printable(text)}\n`);
  }
}
