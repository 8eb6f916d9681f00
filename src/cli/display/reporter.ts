/** How a job is told about while it runs: drawn, in plain lines, as JSON, or not at all. */
import type { CascadeEvent } from '#main/jobs/cascade-job';

export interface Reporter {
  /** A job begins; `heading` says which, in one or two lines. */
  begin(heading: readonly string[]): void;
  event(event: CascadeEvent): void;
  /** Share of the file that is written, from 0 to 1. */
  exporting(title: string, share: number): void;
  /** Something that the person should know and that stops nothing. */
  notice(message: string): void;
  /** The job is over, well or not. Called once for every `begin`. */
  end(): void;
}

export const silentReporter: Reporter = {
  begin: () => undefined,
  event: () => undefined,
  exporting: () => undefined,
  notice: () => undefined,
  end: () => undefined,
};
