/** The hand of one timeline, and Escape, which makes it let go before any command hears of the key. */
import { useEffect, useMemo } from 'react';
import { useStudio } from '../../studio/use-studio';
import { newHand, type Hand } from './hand';

export function useHand(): Hand {
  const studio = useStudio();
  const hand = useMemo(() => newHand(studio), [studio]);
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
