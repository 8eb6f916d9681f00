/** What went wrong, in the language of the window. In English a message stands as it is; elsewhere its code is said first. */
import { serialiseError, type ErrorCode } from '#shared/errors';
import type { Say } from '../text/text';

export function problemText(
  { code, message }: { readonly code: ErrorCode; readonly message: string },
  say: Say,
): string {
  return say(`problem.${code}`, { message });
}

/** Of whatever was thrown. */
export function errorText(error: unknown, say: Say): string {
  return problemText(serialiseError(error), say);
}
