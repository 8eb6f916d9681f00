/**
 * Tells of a job as JSON, one event a line, for programs. `event` names the kind; the other members are those of `CascadeEvent`,
 * without pixels. New kinds and members may be added; those that are there stay.
 */
import type { CascadeEvent } from '#main/jobs/cascade-job';
import type { Reporter } from './reporter';

export class JsonReporter implements Reporter {
  constructor(private readonly write: (text: string) => unknown) {}

  begin(heading: readonly string[]): void {
    this.#put({ event: 'begin', heading });
  }

  event(event: CascadeEvent): void {
    if (event.kind === 'planned') {
      this.#planned(event);
      return;
    }
    if (event.kind === 'preview') {
      const { frames, height, width, fps } = event.preview;
      this.#put({ event: 'preview', stage: event.stage, step: event.step, frames, height, width, fps });
      return;
    }
    const { kind, ...members } = event;
    this.#put({ event: kind, ...members });
  }

  exporting(title: string, share: number): void {
    this.#put({ event: 'export-progress', file: title, share });
  }

  notice(message: string): void {
    this.#put({ event: 'notice', message });
  }

  end(): void {
    this.#put({ event: 'end' });
  }

  #planned({ stages, reused, remainingSec }: Extract<CascadeEvent, { kind: 'planned' }>): void {
    const plan = stages.map(({ id, output, steps, seed, flops }) => ({
      id,
      ...output,
      steps: steps.length,
      seed,
      flops,
    }));
    this.#put({ event: 'planned', stages: plan, reused, remainingSec });
  }

  #put(event: object): void {
    this.write(`${JSON.stringify(event)}\n`);
  }
}
