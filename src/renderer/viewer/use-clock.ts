/** A clock that thumbnails move by: calls `tick` a few times a second while it is wanted, never for people who want less motion. */
import { useCallback } from 'react';

/** As many as the largest stages have. */
const ticksPerSecond = 24;

export function wantsLessMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

export function useClock(isWanted: boolean): (tick: () => void) => () => void {
  return useCallback(
    (tick) => {
      if (!isWanted || wantsLessMotion()) return () => undefined;
      const timer = setInterval(tick, 1000 / ticksPerSecond);
      return () => clearInterval(timer);
    },
    [isWanted],
  );
}
