/**
 * The whole project as a strip beneath the rows: its window shows what is in sight, and is dragged to scroll, by an end to zoom. For
 * keyboard and screen reader it is the rows' horizontal scroll bar.
 */
import { useCallback, useMemo, type KeyboardEvent, type PointerEvent } from 'react';
import type { Studio } from '../../studio/studio';
import { useDocument, useSay, useStudio, useTimeline } from '../../studio/use-studio';
import { useCanvas, type Paint } from '../../viewer/use-canvas';
import { panning } from '../gestures/pan';
import { widening } from '../gestures/widen';
import { centredAt, overviewHit, overviewOf, windowOf, type Overview as Strip } from '../model/overview';
import { lengthFrames } from '../model/project-length';
import { scrolledBy } from '../model/scale';
import type { Hand } from './hand';
import { paintOverview } from './paint-overview';
import { paletteOf } from './palette';
import { pointerOf, sceneOf } from './pointer';
import styles from './timeline.module.css';

const cursors = { start: 'ew-resize', end: 'ew-resize', window: 'grab', beside: 'pointer' } as const;

export function Overview({ hand }: { readonly hand: Hand }) {
  const say = useSay();
  const studio = useStudio();
  const { document, timeline, view } = studio;
  const paint = useCallback<Paint>(
    (context, size) => {
      const { scale, playhead, shown } = timeline.getState();
      const project = shown.project ?? document.getState().project;
      const palette = paletteOf(context.canvas);
      paintOverview(context, size, { project, overview: stripOf(studio, size.width), scale, playhead, palette });
    },
    [studio, document, timeline],
  );
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [document, timeline, view].map((store) => store.subscribe(listener));
      return () => stops.forEach((stop) => stop());
    },
    [document, timeline, view],
  );
  const handlers = useHandlers(hand);
  const percent = useScrolledPercent();
  return (
    <canvas
      ref={useCanvas(paint, subscribe)}
      className={styles['overview']}
      role="scrollbar"
      tabIndex={0}
      aria-label={say('timeline.overview')}
      aria-orientation="horizontal"
      aria-controls="timeline-rows"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      {...handlers}
    />
  );
}

function useHandlers(hand: Hand) {
  const studio = useStudio();
  return useMemo(() => {
    const { timeline } = studio;
    /** Where the drag began decides the strip; it must not grow under the hand. */
    const stripUnder = (event: PointerEvent<HTMLElement>): Strip => stripOf(studio, event.currentTarget.clientWidth);
    return {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = pointerOf(studio, event);
        const strip = stripUnder(event);
        const hit = overviewHit(windowOf(strip, timeline.getState().scale), at.x);
        if (hit === 'beside') timeline.setState(({ scale }) => ({ scale: centredAt(strip, scale, at.x) }));
        const scene = sceneOf(studio, []);
        const gesture = hit === 'start' || hit === 'end' ? widening(scene, strip, hit, at) : panning(scene, strip, at);
        hand.press(at, gesture, { kind: 'nothing' }, true);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const at = pointerOf(studio, event);
        if (!hand.isIdle) {
          hand.move(at, event);
          return;
        }
        const hit = overviewHit(windowOf(stripUnder(event), timeline.getState().scale), at.x);
        event.currentTarget.style.cursor = cursors[hit];
      },
      onPointerUp: () => hand.release(),
      onPointerCancel: () => hand.cancel(),
      onKeyDown: (event: KeyboardEvent) => {
        const { width } = timeline.getState();
        const by = { ArrowLeft: -width / 10, ArrowRight: width / 10, PageUp: -width, PageDown: width }[event.key];
        if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        timeline.setState(({ scale }) => ({ scale: scrolledBy(scale, by) }));
      },
    };
  }, [studio, hand]);
}

function stripOf({ document, timeline }: Studio, width: number): Strip {
  const { project } = document.getState();
  return overviewOf(lengthFrames(project), timeline.getState().scale, width);
}

/** How far the timeline is scrolled, of how far it can be. */
function useScrolledPercent(): number {
  const frames = useDocument(({ project }) => lengthFrames(project));
  return useTimeline(({ scale, width }) => {
    const beyond = frames - width / scale.pixelsPerFrame;
    return beyond <= 0 ? 0 : Math.round(Math.min(1, scale.leftFrame / beyond) * 100);
  });
}
