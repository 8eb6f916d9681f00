/** The line of a wipe: moved by hand or by the arrow keys. */
import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useSay } from '../studio/use-studio';
import styles from './viewer.module.css';

interface Props {
  /** Where one picture ends and the other begins, from the left, 0 to 1. */
  readonly at: number;
  readonly onMove: (at: number) => void;
}

export function WipeLine({ at, onMove }: Props) {
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
