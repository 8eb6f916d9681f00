/** Tells the timeline which of its rows are in sight: as the person scrolls them and as the panel is resized. */
import { useEffect, type RefObject } from 'react';
import { useStudio } from '../../studio/use-studio';

export function useSight(scroller: RefObject<HTMLElement | null>): void {
  const { timeline } = useStudio();
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const tell = (): void => timeline.setState({ sight: { top: element.scrollTop, height: element.clientHeight } });
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    element.addEventListener('scroll', tell, { passive: true });
    tell();
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', tell);
    };
  }, [scroller, timeline]);
}
