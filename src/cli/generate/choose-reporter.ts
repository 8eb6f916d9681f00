/** Which way a command tells of its progress: JSON if asked for, nothing if asked for, drawn on a terminal, else plain lines. */
import type { Io } from '../command';
import { JsonReporter } from '../display/json-reporter';
import { PlainReporter } from '../display/plain-reporter';
import { silentReporter, type Reporter } from '../display/reporter';
import { TerminalReporter } from '../display/terminal-reporter';

/** Pixels of the longest side of previews, for thumbnails of at most as many columns. */
const thumbnailPixels = 64;

export function chooseReporter(io: Io, values: { readonly json: boolean; readonly quiet: boolean }): Reporter {
  if (values.json) return values.quiet ? silentReporter : new JsonReporter(io.out);
  if (values.quiet) return silentReporter;
  return io.terminal === undefined ? new PlainReporter(io.err) : new TerminalReporter(io.terminal, io.look);
}

/** What to ask of the job: previews cost time, so none are made that nobody sees. */
export function previewPixelsFor(io: Io, values: { readonly json: boolean; readonly quiet: boolean }): number {
  return io.terminal !== undefined && io.look.trueColour && !values.json && !values.quiet ? thumbnailPixels : 0;
}
