/** The ruler, by which the playhead and the markers are moved. Markers are listed, for everybody, in `MarkerList`. */
import { useCallback, useMemo, type PointerEvent } from 'react';
import { useStudio } from '../../studio/use-studio';
import { useCanvas, type Paint } from '../../viewer/use-canvas';
import { movingMarker } from '../gestures/move-marker';
import { scrubbing } from '../gestures/scrub';
import { markerAt } from '../model/marker-at';
import type { Hand } from './hand';
import { paintRuler } from './paint-ruler';
import { paletteOf } from './palette';
import { pointerOf, sceneOf } from './pointer';
import styles from './timeline.module.css';

export function Ruler({ hand }: { readonly hand: Hand }) {
  const studio = useStudio();
  const { document, timeline, view } = studio;
  const paint = useCallback<Paint>(
    (context, { width }) => {
      const { scale, playhead, shown } = timeline.getState();
      const project = shown.project ?? document.getState().project;
      const unit = view.getState().rulerUnit;
      paintRuler(context, width, { project, scale, playhead, unit, palette: paletteOf(context.canvas) });
    },
    [document, timeline, view],
  );
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [document, timeline, view].map((store) => store.subscribe(listener));
      return () => stops.forEach((stop) => stop());
    },
    [document, timeline, view],
  );
  const handlers = useMemo(() => {
    const markerUnder = (x: number) => markerAt(document.getState().project, timeline.getState().scale, x);
    return {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = pointerOf(studio, event);
        const marker = markerUnder(at.x);
        const scene = sceneOf(studio, []);
        if (marker === undefined) hand.press(at, scrubbing(scene, at), { kind: 'nothing' }, true);
        else hand.press(at, movingMarker(scene, at, marker), { kind: 'playhead', frame: marker.frame });
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const at = pointerOf(studio, event);
        if (!hand.isIdle) {
          hand.move(at, event);
          return;
        }
        const marker = markerUnder(at.x);
        event.currentTarget.style.cursor = marker === undefined ? 'default' : 'ew-resize';
        event.currentTarget.title = marker?.name ?? '';
      },
      onPointerUp: () => hand.release(),
      onPointerCancel: () => hand.cancel(),
      onDoubleClick: () => timeline.setState({ isListingMarkers: true }),
    };
  }, [studio, document, timeline, hand]);
  return <canvas ref={useCanvas(paint, subscribe)} className={styles['ruler']} aria-hidden {...handlers} />;
}
