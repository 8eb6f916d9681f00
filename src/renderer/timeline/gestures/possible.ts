/** How far a drag can go: edits refuse what does not fit, and the hand should stop there instead of nothing happening. */
import { SluiceError } from '#shared/errors';
import type { Change } from '#shared/project/change';

export interface Reached {
  /** What was asked for, or the nearest to it that is possible on the way from where it stood. */
  readonly by: number;
  /** Absent: it stands where it began, and nothing changes. */
  readonly change: Change | undefined;
}

export const unmoved: Reached = { by: 0, change: undefined };

/**
 * The change for `wanted`, or for the whole number nearest to it, seen from `last`, that is not refused. Between a possible and an
 * impossible number it halves, so what lies behind an obstacle is reached only by asking for it.
 */
export function furthest(make: (by: number) => Change, last: Reached, wanted: number): Reached {
  const asked = attempt(make, wanted);
  if (asked !== undefined) return asked;
  let possible = last;
  let impossible = wanted;
  while (Math.abs(impossible - possible.by) > 1) {
    const middle = possible.by + Math.trunc((impossible - possible.by) / 2);
    const reached = attempt(make, middle);
    if (reached === undefined) impossible = middle;
    else possible = reached;
  }
  return possible;
}

function attempt(make: (by: number) => Change, by: number): Reached | undefined {
  if (by === 0) return unmoved;
  try {
    return { by, change: make(by) };
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'invalid-argument') return undefined;
    throw error;
  }
}
