/** What to do when a stage fails: decided apart, so that it can be read and tested without running anything. */
import type { ErrorCode } from '#shared/errors';
import type { Provider } from '#shared/inference-contract';

/** How the stage was tried, and how often its process died. */
export interface Attempt {
  readonly provider: Provider;
  readonly memoryBytes: number;
  /** With less the stage does not run, however small its windows. */
  readonly leastMemoryBytes: number;
  /** Before this failure. */
  readonly crashes: number;
  /** False where a person asked for this provider. */
  readonly mayChangeProvider: boolean;
}

export type NextAttempt =
  /** From the last checkpoint. */
  | { readonly kind: 'again'; readonly memoryBytes: number }
  | { readonly kind: 'other-provider' }
  | { readonly kind: 'give-up' };

export function nextAttempt(code: ErrorCode, attempt: Attempt): NextAttempt {
  if (code === 'inference-crashed' && attempt.crashes === 0) return { kind: 'again', memoryBytes: attempt.memoryBytes };
  // The system ends a process that takes too much memory without a word: the second time, assume that.
  if (code === 'out-of-memory' || (code === 'inference-crashed' && attempt.crashes === 1))
    return withLessMemory(attempt);
  const mayBeProvider = ['inference-crashed', 'inference-timeout', 'provider-unavailable'].includes(code);
  return mayBeProvider ? otherProvider(attempt) : { kind: 'give-up' };
}

function withLessMemory(attempt: Attempt): NextAttempt {
  const memoryBytes = Math.max(Math.floor(attempt.memoryBytes / 2), attempt.leastMemoryBytes);
  return memoryBytes < attempt.memoryBytes ? { kind: 'again', memoryBytes } : otherProvider(attempt);
}

function otherProvider({ provider, mayChangeProvider }: Attempt): NextAttempt {
  return provider !== 'cpu' && mayChangeProvider ? { kind: 'other-provider' } : { kind: 'give-up' };
}
