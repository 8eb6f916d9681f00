/** Something that a person should know before anything runs, and that stops nothing. */
import type { Io } from '../command';
import { printable } from './text';

/** Nothing where there is no message, or where only results are wanted. */
export function tellNotice(
  io: Pick<Io, 'out' | 'err'>,
  values: { readonly json: boolean; readonly quiet: boolean },
  message: string | undefined,
): void {
  if (message === undefined || values.quiet) return;
  if (values.json) io.out(`${JSON.stringify({ event: 'notice', message })}\n`);
  else io.err(`note: ${printable(message)}\n`);
}
