/** The frame of the selected clip that is played, so that what moves by itself moves with what is seen and heard. */
import { useMemo } from 'react';
import type { SelectedShot } from '../studio/selected';
import { useStudio } from '../studio/use-studio';
import { playedMomentOf } from './moment-of';

export interface PlayedMoment {
  readonly now: () => ReturnType<typeof playedMomentOf>;
  readonly subscribe: (listener: () => void) => () => void;
}

export function usePlayedMoment({ clip, shot }: SelectedShot): PlayedMoment {
  const { document, timeline } = useStudio();
  return useMemo(
    () => ({
      now: () => playedMomentOf(document.getState().project, clip, shot, timeline.getState()),
      subscribe: (listener) => timeline.subscribe(listener),
    }),
    [document, timeline, clip, shot],
  );
}
