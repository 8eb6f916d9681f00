/** Ctrl-C and its relatives: the first asks the work to stop cleanly, the second ends the program at once. */
import { cancellation } from '#shared/errors';
import { exitCodes } from './exit-codes';

const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @param onFirst told which signal came first
 * @param onSecond called before the program ends
 */
export function interruptSignal(onFirst: (name: NodeJS.Signals) => void, onSecond: () => void): AbortSignal {
  const controller = new AbortController();
  const received = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      onSecond();
      process.exit(exitCodes.cancelled);
    }
    controller.abort(cancellation(`Cancelled by ${name}.`));
    onFirst(name);
  };
  for (const name of signals) process.on(name, received);
  return controller.signal;
}
