/**
 * The scale as it was when it last came to rest. What is there for focus and screen reader alone need not follow every frame of a
 * scroll: 200 elements moved sixty times a second would cost the frames that the picture needs.
 */
import { useEffect, useState } from 'react';
import { useStudio } from '../../studio/use-studio';
import type { Scale } from '../model/scale';

const restMs = 80;

export function useRestingScale(): { readonly scale: Scale; readonly isMoving: boolean } {
  const { timeline } = useStudio();
  const [state, setState] = useState({ scale: timeline.getState().scale, isMoving: false });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const rest = (): void => setState({ scale: timeline.getState().scale, isMoving: false });
    const stop = timeline.subscribe((now, before) => {
      if (now.scale === before.scale) return;
      clearTimeout(timer);
      setState((last) => (last.isMoving ? last : { ...last, isMoving: true }));
      timer = setTimeout(rest, restMs);
    });
    rest();
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [timeline]);
  return state;
}
