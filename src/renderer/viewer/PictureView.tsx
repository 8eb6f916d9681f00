/** The picture at the playhead: every layer of the edit, or one stage of the selected shot; with a wipe to another stage. */
import { useCallback, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { layersAt } from '#shared/edit/layers-at';
import type { StageId } from '#shared/pack-manifest';
import { useDocument, useLooking, useSay, useStudio, useTimeline } from '../studio/use-studio';
import { paintScene } from './paint-scene';
import { useCanvas, type CanvasSize, type Paint } from './use-canvas';
import { useZoomGestures } from './use-zoom-gestures';
import styles from './viewer.module.css';
import { zoomed } from './zoomed';

interface Props {
  /** Absent: the edit. */
  readonly stage: StageId | undefined;
  /** Wiped in from the right; absent: no wipe. */
  readonly wiped: StageId | undefined;
}

export function PictureView({ stage, wiped }: Props) {
  const say = useSay();
  const title = useDocument(({ project }) => project.title);
  const isEmpty = useNothingHere();
  const [wipe, setWipe] = useState(0.5);
  const paintStage = usePaintStage();
  const paint = useCallback<Paint>(
    (context, size, again) => {
      paintStage(context, size, stage, again);
      if (wiped === undefined) return;
      context.save();
      context.beginPath();
      context.rect(size.width * wipe, 0, size.width, size.height);
      context.clip();
      context.clearRect(0, 0, size.width, size.height);
      paintStage(context, size, wiped, again);
      context.restore();
    },
    [paintStage, stage, wiped, wipe],
  );
  const { ref, style, ...gestures } = useZoomGestures();
  return (
    <>
      <div ref={ref} className={styles['canvas']} style={style} {...gestures}>
        <canvas
          ref={useCanvas(paint, useRepaint())}
          className={styles['canvas']}
          role="img"
          aria-label={say('viewer.label', { name: title })}
        />
      </div>
      {isEmpty && <p className={styles['nothing']}>{say('viewer.nothing')}</p>}
      {wiped !== undefined && <Wipe at={wipe} onMove={setWipe} />}
    </>
  );
}

function usePaintStage() {
  const { document, timeline, work, media } = useStudio();
  const zoom = useLooking((looking) => looking.zoom);
  return useCallback(
    (context: CanvasRenderingContext2D, size: CanvasSize, stage: StageId | undefined, again: () => void) => {
      const { playhead, rate } = timeline.getState();
      const { project } = document.getState();
      const { ladders, previews } = work.getState();
      const { standings } = media.getState();
      const scale = zoom.factor === 'fit' ? 'fit' : 'actual';
      context.save();
      const room = zoomed(context, size, zoom);
      paintScene(context, room, { project, playhead, rate, ladders, previews, standings, scale, stage }, again);
      context.restore();
    },
    [document, timeline, work, media, zoom],
  );
}

/** Whatever may change the picture. */
function useRepaint(): (listener: () => void) => () => void {
  const { document, timeline, work, media } = useStudio();
  return useCallback(
    (listener) => {
      const stops = [document, timeline, work, media].map((store) => store.subscribe(listener));
      return () => stops.forEach((stop) => stop());
    },
    [document, timeline, work, media],
  );
}

function useNothingHere(): boolean {
  const project = useDocument((document) => document.project);
  return useTimeline(({ playhead }) => layersAt(project, playhead).length === 0);
}

/** Where one picture ends and the other begins, from the left, 0 to 1. */
function Wipe({ at, onMove }: { readonly at: number; readonly onMove: (at: number) => void }) {
  const say = useSay();
  const handle = useRef<HTMLDivElement>(null);
  const onPointerMove = (event: PointerEvent): void => {
    const box = handle.current?.parentElement?.getBoundingClientRect();
    if (event.buttons === 1 && box !== undefined)
      onMove(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -0.02, ArrowRight: 0.02 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onMove(Math.min(1, Math.max(0, at + by)));
  };
  return (
    <div
      ref={handle}
      className={styles['wipe']}
      style={{ left: `${at * 100}%` }}
      role="slider"
      tabIndex={0}
      aria-label={say('viewer.wipe')}
      aria-valuenow={Math.round(at * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  );
}
