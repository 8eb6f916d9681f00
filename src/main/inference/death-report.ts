/** Why an inference process ended, as an error for people, from what is left of it. Pure. */
import { SluiceError } from '#shared/errors';

export interface Death {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  /** Null where it ended by itself, or where the system that ran it does not say. */
  readonly signal: string | null;
  /** The end of what it wrote to its standard error. */
  readonly lastWords: string;
}

/** Characters of a child's standard error that are kept for the report. */
export const lastWordsLength = 2000;

/** `out-of-memory` where its last words say so, else `inference-crashed`. */
export function deathReport({ exitCode, signal, lastWords }: Death): SluiceError {
  const how = signal === null ? `with exit code ${exitCode ?? '?'}` : `by ${signal}`;
  const details = { exitCode, signal, lastWords };
  if (/bad_alloc|out of memory|allocation failed|failed to allocate/i.test(lastWords))
    return new SluiceError(
      'out-of-memory',
      `The inference process ran out of memory and ended ${how}. Close other programs, or lower the memory setting.`,
      { details },
    );
  const said = lastWords === '' ? '' : ` Its last words: ${lastWords.split('\n').slice(-3).join(' ')}`;
  return new SluiceError(
    'inference-crashed',
    `The inference process ended ${how}. Run the stage again, it goes on from its last step; if it ends again, lower the memory setting or choose another provider.${said}`,
    { details },
  );
}
