/** The ruler, by which the playhead is moved. */
import { useCallback } from 'react';
import { useStudio, useView } from '../../studio/use-studio';
import { useCanvas, type Paint } from '../../viewer/use-canvas';
import { paintRuler } from './paint-ruler';
import { paletteOf } from './palette';
import styles from './timeline.module.css';
import type { TimelineGestures } from './use-timeline-gestures';

export function Ruler({ gestures }: { readonly gestures: TimelineGestures }) {
  const { document, timeline } = useStudio();
  const theme = useView((view) => view.theme);
  const paint = useCallback<Paint>(
    (context, { width }) => {
      const { scale, playhead } = timeline.getState();
      paintRuler(context, width, document.getState().project, scale, playhead, paletteOf(context.canvas));
    },
    // The palette is read while painting: another theme paints again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [document, timeline, theme],
  );
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [document.subscribe(listener), timeline.subscribe(listener)];
      return () => stops.forEach((stop) => stop());
    },
    [document, timeline],
  );
  return (
    <canvas
      ref={useCanvas(paint, subscribe)}
      className={styles['ruler']}
      aria-hidden
      onPointerDown={gestures.onRulerDown}
      onPointerMove={gestures.onPointerMove}
      onPointerUp={gestures.onPointerUp}
      onPointerCancel={gestures.onPointerCancel}
    />
  );
}
