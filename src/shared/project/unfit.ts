/** What patches that do not fit a project throw: nothing is broken, they came too late or ask for what cannot be. */
import { SluiceError } from '../errors';

export function unfit(message: string): SluiceError {
  return new SluiceError('invalid-argument', message);
}
