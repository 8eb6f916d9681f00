/** The wheel over the timeline: sideways and with Shift it scrolls in time, with Control (or a pinch) it zooms where the pointer is. */
import { useEffect, type RefObject } from 'react';
import { useStudio } from '../../studio/use-studio';
import { scrolledBy, zoomedAt } from '../model/scale';

/** Pixels of wheel that double the scale. */
const pixelsPerDoubling = 240;

export function useWheel(element: RefObject<HTMLElement | null>): void {
  const { timeline } = useStudio();
  useEffect(() => {
    const surface = element.current;
    if (surface === null) return;
    const onWheel = (event: WheelEvent): void => {
      const across = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        const x = event.clientX - surface.getBoundingClientRect().left;
        timeline.setState(({ scale }) => ({ scale: zoomedAt(scale, 2 ** (-event.deltaY / pixelsPerDoubling), x) }));
      } else if (Math.abs(across) > 0 && (event.shiftKey || Math.abs(across) > Math.abs(event.deltaY)))
        timeline.setState(({ scale }) => ({ scale: scrolledBy(scale, across) }));
      else return;
      event.preventDefault();
    };
    // React's own wheel listeners are passive and could not keep the page from zooming.
    surface.addEventListener('wheel', onWheel, { passive: false });
    return () => surface.removeEventListener('wheel', onWheel);
  }, [element, timeline]);
}
