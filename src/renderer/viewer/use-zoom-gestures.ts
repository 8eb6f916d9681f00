/** Zoom by hand: the wheel steps around the pointer, a drag moves what does not fit, a double click fits it again. */
import { useCallback, useRef, type PointerEvent, type RefCallback } from 'react';
import { useLooking, useStudio } from '../studio/use-studio';
import { fit, panned, zoomStep } from './zoom';

export interface ZoomGestures {
  readonly ref: RefCallback<HTMLElement>;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: () => void;
  readonly onDoubleClick: () => void;
  readonly style: { readonly cursor: string };
}

export function useZoomGestures(): ZoomGestures {
  const { looking } = useStudio();
  const isFit = useLooking(({ zoom }) => zoom.factor === 'fit');
  const held = useRef<{ readonly x: number; readonly y: number }>(undefined);
  // React listens to wheels passively, and one that zooms must not scroll.
  const ref = useCallback(
    (element: HTMLElement | null) => {
      if (element === null) return;
      const onWheel = (event: WheelEvent): void => {
        event.preventDefault();
        const box = element.getBoundingClientRect();
        const at = { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
        looking.setState(({ zoom }) => ({ zoom: zoomStep(zoom, event.deltaY < 0 ? 1 : -1, at) }));
      };
      element.addEventListener('wheel', onWheel, { passive: false });
      return () => element.removeEventListener('wheel', onWheel);
    },
    [looking],
  );
  return {
    ref,
    onPointerDown: (event) => {
      if (isFit || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      held.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: ({ clientX: x, clientY: y }) => {
      const { current } = held;
      if (current === undefined) return;
      looking.setState(({ zoom }) => ({ zoom: panned(zoom, { x: x - current.x, y: y - current.y }) }));
      held.current = { x, y };
    },
    onPointerUp: () => (held.current = undefined),
    onDoubleClick: () => looking.setState({ zoom: fit }),
    style: { cursor: isFit ? 'default' : 'grab' },
  };
}
