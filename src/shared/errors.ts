/**
 * The one error class of Sluice, and how it crosses a process boundary.
 *
 * A message says what went wrong, the value received and what to do; `code` is what programs decide on; `details` is plain
 * data. Cancellation is not an error of this kind: it travels through `AbortSignal` and is told apart by `isCancellation`.
 */
import { z } from 'zod';

/** Closed on purpose: a new way to fail is a new word here, and a decision about its exit code in `src/cli/exit-codes.ts`. */
export const errorCodes = [
  'invalid-prompt',
  'invalid-shot',
  'invalid-argument',
  'pack-not-found',
  'pack-invalid',
  'pack-unsupported',
  'pack-incompatible',
  'artifact-missing',
  'artifact-corrupt',
  'disk-full',
  'disk-read-only',
  'out-of-memory',
  'network-not-finite',
  'inference-crashed',
  'inference-timeout',
  'provider-unavailable',
  'provider-inexact',
  'media-unreadable',
  'media-unsupported',
  'media-missing',
  'ffmpeg-missing',
  'ffmpeg-failed',
  'output-exists',
  'recipe-invalid',
  'project-not-found',
  'project-invalid',
  'project-newer',
  'project-locked',
  'channel-protocol',
  'job-not-found',
  'queue-busy',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** JSON-serialisable facts about a failure: ids, sizes, paths, the values received. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

export class SluiceError extends Error {
  override readonly name = 'SluiceError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: { readonly details?: ErrorDetails; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.details = options.details ?? {};
  }

  readonly details: ErrorDetails;
}

/** An error as it crosses a process boundary: code, details and the chain of causes survive, stacks are kept for the log. */
export interface SerialisedError {
  readonly kind: 'error' | 'cancelled';
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: Record<string, string | number | boolean | null>;
  readonly stack?: string | undefined;
  readonly cause?: SerialisedError | undefined;
}

export const serialisedErrorSchema: z.ZodType<SerialisedError> = z.strictObject({
  kind: z.enum(['error', 'cancelled']),
  code: z.enum(errorCodes),
  message: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  stack: z.string().optional(),
  get cause() {
    return serialisedErrorSchema.optional();
  },
});

/** True for the reason of an aborted `AbortSignal` (a `DOMException` named AbortError), wherever it was thrown. */
export function isCancellation(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** The cancellation that `isCancellation` recognises. */
export function cancellation(message = 'Cancelled.'): DOMException {
  return new DOMException(message, 'AbortError');
}

const longestCauseChain = 8;

export function serialiseError(error: unknown, depth = 0): SerialisedError {
  const known = error instanceof SluiceError ? error : undefined;
  const cause = error instanceof Error ? error.cause : undefined;
  return {
    kind: isCancellation(error) ? 'cancelled' : 'error',
    code: known?.code ?? 'internal',
    message: error instanceof Error ? error.message : String(error),
    details: { ...known?.details },
    stack: error instanceof Error ? error.stack : undefined,
    cause: cause === undefined || depth >= longestCauseChain ? undefined : serialiseError(cause, depth + 1),
  };
}

export function deserialiseError(serialised: SerialisedError): Error {
  if (serialised.kind === 'cancelled') return cancellation(serialised.message);
  const cause = serialised.cause === undefined ? undefined : deserialiseError(serialised.cause);
  const error = new SluiceError(serialised.code, serialised.message, { details: serialised.details, cause });
  if (serialised.stack !== undefined) error.stack = serialised.stack;
  return error;
}
