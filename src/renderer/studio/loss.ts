/** Failures that are none: the connection went, or this side stopped listening. Who connects again begins again. */
import { isCancellation, SluiceError } from '#shared/errors';

export function isLoss(error: unknown): boolean {
  return isCancellation(error) || (error instanceof SluiceError && error.code === 'channel-protocol');
}

export function unlessLost(report: (error: unknown) => void): (error: unknown) => void {
  return (error) => {
    if (!isLoss(error)) report(error);
  };
}
