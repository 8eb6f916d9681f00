/** The lower edge of a track's header: dragged, or moved with the arrow keys, it makes the track higher or lower. */
import { useMemo, type KeyboardEvent, type PointerEvent } from 'react';
import { useSay, useStudio } from '../../studio/use-studio';
import { heightening } from '../gestures/row-height';
import { leastRowPixels, mostRowPixels, type Row } from '../model/rows';
import type { Hand } from './hand';
import { pointerOf } from './pointer';
import styles from './timeline.module.css';

/** Pixels for one press of a key. */
const keyStep = 8;

export function TrackHeight({ row, hand }: { readonly row: Row; readonly hand: Hand }) {
  const say = useSay();
  const studio = useStudio();
  const handlers = useMemo(() => {
    /** The edge moves with the drag: only the window stands still. */
    const at = (event: PointerEvent<HTMLElement>) => ({ ...pointerOf(studio, event), y: event.clientY });
    return {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        event.stopPropagation();
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const from = at(event);
        hand.press(from, heightening(from, row), { kind: 'nothing' }, true);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        event.stopPropagation();
        if (!hand.isIdle) hand.move(at(event), event);
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        event.stopPropagation();
        hand.release();
      },
      onPointerCancel: () => hand.cancel(),
      onKeyDown: (event: KeyboardEvent) => {
        const by = { ArrowUp: -keyStep, ArrowDown: keyStep }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        const pixels = Math.min(mostRowPixels, Math.max(leastRowPixels, row.height + by));
        const view = studio.view.getState();
        view.set({ trackHeights: { ...view.trackHeights, [row.track.id]: pixels } });
      },
    };
  }, [studio, row, hand]);
  return (
    <div
      className={styles['heightEdge']}
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={say('timeline.trackHeight', { name: row.track.name })}
      aria-valuenow={row.height}
      aria-valuemin={leastRowPixels}
      aria-valuemax={mostRowPixels}
      {...handlers}
    />
  );
}
