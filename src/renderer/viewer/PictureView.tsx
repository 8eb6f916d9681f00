/** The picture at the playhead: every layer of the edit, or one stage of the selected shot; with a wipe to another stage. */
import { useCallback, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { StageId } from '#shared/pack-manifest';
import { useDocument, useSay, useStudio, useTimeline } from '../studio/use-studio';
import { layersAt } from '#shared/edit/layers-at';
import { paintScene, type PictureScale } from './paint-scene';
import { useCanvas, type Paint } from './use-canvas';
import styles from './viewer.module.css';

export type { PictureScale } from './paint-scene';

interface Props {
  readonly scale: PictureScale;
  readonly stage: StageId | undefined;
  readonly compared: StageId | undefined;
}

export function PictureView({ scale, stage, compared }: Props) {
  const say = useSay();
  const { document, timeline, work } = useStudio();
  const title = useDocument(({ project }) => project.title);
  const isEmpty = useNothingHere();
  const [wipe, setWipe] = useState(0.5);
  const paint = useCallback<Paint>(
    (context, size, again) => {
      const { playhead, rate } = timeline.getState();
      const { project } = document.getState();
      const { ladders, previews } = work.getState();
      const scene = { project, playhead, rate, ladders, previews, scale };
      paintScene(context, size, { ...scene, stage }, again);
      if (compared === undefined) return;
      context.save();
      context.beginPath();
      context.rect(size.width * wipe, 0, size.width, size.height);
      context.clip();
      context.clearRect(0, 0, size.width, size.height);
      paintScene(context, size, { ...scene, stage: compared }, again);
      context.restore();
    },
    [document, timeline, work, scale, stage, compared, wipe],
  );
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [document.subscribe(listener), timeline.subscribe(listener), work.subscribe(listener)];
      return () => stops.forEach((stop) => stop());
    },
    [document, timeline, work],
  );
  return (
    <>
      <canvas
        ref={useCanvas(paint, subscribe)}
        className={styles['canvas']}
        role="img"
        aria-label={say('viewer.label', { name: title })}
      />
      {isEmpty && <p className={styles['nothing']}>{say('viewer.nothing')}</p>}
      {compared !== undefined && <Wipe at={wipe} onMove={setWipe} />}
    </>
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
