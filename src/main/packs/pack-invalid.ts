/**
 * How every door of the library says that a pack cannot be used: what was found, where, and what to do.
 *
 * Names and values out of a pack are foreign text: they are shown quoted, shortened, and without characters that could
 * drive a terminal.
 */
import { type ErrorDetails, SluiceError } from '#shared/errors';

const longestShown = 80;

/** A value as JSON, at most 80 characters, control and formatting characters escaped. */
export function shown(value: unknown): string {
  const json = value === undefined ? 'missing' : JSON.stringify(value, withoutLongText);
  const whole = json.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
  return whole.length <= longestShown ? whole : `${whole.slice(0, longestShown - 2)}…${whole.slice(-1)}`;
}

/** A `pack-invalid` error. `what` states the fact, `remedy` what to do, each a sentence. */
export function packInvalid(what: string, remedy: string, details?: ErrorDetails, cause?: unknown): SluiceError {
  return new SluiceError('pack-invalid', `${what} ${remedy}`, { ...(details && { details }), cause });
}

function withoutLongText(_key: string, value: unknown): unknown {
  return typeof value === 'string' && value.length > longestShown ? value.slice(0, longestShown) : value;
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
