/** Draws the progress of a job on a terminal, ten times a second. What is drawn: `progress-lines.ts`; how: `live-region.ts`. */
import type { CascadeEvent } from '#main/jobs/cascade-job';
import { LiveRegion, type TerminalStream } from './live-region';
import { progressLines } from './progress-lines';
import { afterEvent, initialProgress, type ProgressState } from './progress-state';
import type { Reporter } from './reporter';
import { painter, printable, type Paint } from './text';

export interface TerminalLook {
  readonly colours: boolean;
  /** 24-bit colour: thumbnails can be shown. */
  readonly trueColour: boolean;
}

const drawEveryMs = 100;

export class TerminalReporter implements Reporter {
  readonly #region: LiveRegion;
  readonly #paint: Paint;
  #state: ProgressState = initialProgress(Date.now());
  #heading: readonly string[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly terminal: TerminalStream,
    private readonly look: TerminalLook,
  ) {
    this.#region = new LiveRegion(terminal);
    this.#paint = painter(look.colours);
  }

  begin([first = '', ...rest]: readonly string[]): void {
    this.#state = initialProgress(Date.now());
    this.#heading = [this.#paint('bold', printable(first)), ...rest.map((line) => this.#paint('dim', printable(line)))];
    this.terminal.write('\n');
    this.#timer = setInterval(() => this.#draw(), drawEveryMs);
    this.#draw();
  }

  event(event: CascadeEvent): void {
    this.#state = afterEvent(this.#state, event, Date.now());
    if (event.kind === 'warning' || event.kind === 'retrying') this.notice(event.message);
  }

  exporting(title: string, share: number): void {
    this.#state = { ...this.#state, exporting: { title: printable(title), share } };
  }

  notice(message: string): void {
    this.#region.writeAbove(`  ${this.#paint('yellow', '!')} ${printable(message)}\n`);
  }

  end(): void {
    clearInterval(this.#timer);
    this.#region.close(this.#lines({ ...this.#state, preview: undefined, exporting: undefined }));
    this.terminal.write('\n');
  }

  #draw(): void {
    this.#region.draw(this.#lines(this.#state));
  }

  #lines(state: ProgressState): readonly string[] {
    const { columns, rows } = this.terminal;
    return progressLines(
      state,
      this.#heading,
      { columns, rows, paint: this.#paint, trueColour: this.look.trueColour },
      Date.now(),
    );
  }
}
