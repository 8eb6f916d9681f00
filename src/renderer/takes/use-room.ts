/** How much room an element has, as it changes. */
import { useCallback, useState, type RefCallback } from 'react';

export interface Room {
  /** CSS pixels; 0 until it is known. */
  readonly width: number;
  readonly height: number;
}

export function useRoom(): { readonly ref: RefCallback<HTMLElement>; readonly room: Room } {
  const [room, setRoom] = useState<Room>({ width: 0, height: 0 });
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const measure = (): void => setRoom({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  return { ref, room };
}
