/** A canvas as sharp as the screen, painted again when its size, its theme or what `paint` depends on changes: at most once a frame. */
import { useCallback, useEffect, useRef, type RefCallback } from 'react';

export interface CanvasSize {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the screen for each. */
  readonly ratio: number;
}

export type Paint = (context: CanvasRenderingContext2D, size: CanvasSize, again: () => void) => void;

/** `subscribe` calls its listener whenever there is something new to paint. */
export function useCanvas(
  paint: Paint,
  subscribe?: (listener: () => void) => () => void,
): RefCallback<HTMLCanvasElement> {
  const current = useRef(paint);
  const repaint = useRef<() => void>(() => undefined);
  useEffect(() => {
    current.current = paint;
    repaint.current();
  }, [paint]);
  return useCallback(
    (canvas: HTMLCanvasElement | null) => {
      if (canvas === null) return;
      let request = 0;
      const again = (): void => {
        if (request === 0) request = requestAnimationFrame(now);
      };
      const now = (): void => {
        request = 0;
        const size = sized(canvas);
        const context = canvas.getContext('2d');
        if (context === null || size.width === 0) return;
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.clearRect(0, 0, canvas.width, canvas.height);
        context.scale(size.ratio, size.ratio);
        current.current(context, size, again);
      };
      repaint.current = again;
      const observer = new ResizeObserver(again);
      observer.observe(canvas);
      const stop = subscribe?.(again);
      again();
      return () => {
        observer.disconnect();
        stop?.();
        cancelAnimationFrame(request);
      };
    },
    [subscribe],
  );
}

function sized(canvas: HTMLCanvasElement): CanvasSize {
  const { width, height } = canvas.getBoundingClientRect();
  const ratio = window.devicePixelRatio;
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  return { width, height, ratio };
}
