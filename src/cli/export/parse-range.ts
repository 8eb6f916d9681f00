/** Which frames an export is of, as `--range` says it. Pure. */
import type { Range } from '#shared/project/project';
import { unexpected } from '../options/value-parsers';

/** `from-to`: whole frames from 0, the second not included. Throws `invalid-argument`. */
export function parseRange(given: string): Range {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(given) ?? [];
  if (from === undefined || Number(to) <= Number(from))
    throw unexpected('two frames such as 0-24, the first below the second', given);
  return { inFrame: Number(from), outFrame: Number(to) };
}
