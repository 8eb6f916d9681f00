/** A failure as the studio shows it. */
import { SluiceError } from '#shared/errors';
import type { Problem } from '#shared/studio/text';

const longestMessage = 20_000;

export function problemOf(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof SluiceError ? error.code : 'internal';
  return { code, message: message.slice(0, longestMessage) };
}
