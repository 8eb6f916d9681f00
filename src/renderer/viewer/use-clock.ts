/** A clock that thumbnails move by: calls `tick` a few times a second while it is wanted, never for people who want less motion. */
import { useCallback } from 'react';

/** As many as the slowest stages have; enough to see what moves. */
const ticksPerSecond = 12;

export function useClock(isWanted: boolean): (tick: () => void) => () => void {
  return useCallback(
    (tick) => {
      if (!isWanted || matchMedia('(prefers-reduced-motion: reduce)').matches) return () => undefined;
      const timer = setInterval(tick, 1000 / ticksPerSecond);
      return () => clearInterval(timer);
    },
    [isWanted],
  );
}
