/** The hand of one timeline, and Escape, which makes it let go before any command hears of the key. */
import { useEffect, useMemo, type RefObject } from 'react';
import { useStudio } from '../../studio/use-studio';
import { newHand, type Hand } from './hand';

/** `tracks`: the element that scrolls them. */
export function useHand(tracks: RefObject<HTMLElement | null>): Hand {
  const studio = useStudio();
  const hand = useMemo(() => newHand(studio, () => tracks.current), [studio, tracks]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || hand.isIdle) return;
      event.preventDefault();
      event.stopPropagation();
      hand.cancel();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [hand]);
  return hand;
}
