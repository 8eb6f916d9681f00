/** The drawn curve, and its handles. A press on a handle holds it until the pointer is released or Escape is pressed. */
import { useRef, useState, type PointerEvent } from 'react';
import type { GuidanceCurve } from '#shared/guidance';
import { useSay } from '../studio/use-studio';
import { pathOf, progressOf, stepAt, weightAt, weightsOf, type Chart } from './chart';
import { ChartGround } from './ChartGround';
import { CurveHandle } from './CurveHandle';
import styles from './guidance.module.css';
import { handlesOf, movedTo, withPoint, type HandleId } from './handles';

interface Props {
  readonly curve: GuidanceCurve;
  readonly steps: number;
  readonly range: { readonly least: number; readonly most: number };
  /** To look at only. */
  readonly isDisabled: boolean;
  /** While a handle is held; undefined: it was let go without a change. */
  readonly onDrag: (curve: GuidanceCurve | undefined) => void;
  readonly onChange: (curve: GuidanceCurve) => void;
}

const size = { width: 260, height: 116 };

export function CurveChart({ curve, steps, range, isDisabled, onDrag, onChange }: Props) {
  const say = useSay();
  const chart: Chart = { ...size, steps, ...range };
  const drawing = useRef<SVGSVGElement>(null);
  const [held, setHeld] = useState<HandleId>();
  const pointOf = (event: { readonly clientX: number; readonly clientY: number }) => {
    const box = drawing.current?.getBoundingClientRect();
    const x = ((event.clientX - (box?.left ?? 0)) / Math.max(1, box?.width ?? 1)) * size.width;
    const y = ((event.clientY - (box?.top ?? 0)) / Math.max(1, box?.height ?? 1)) * size.height;
    return { step: stepAt(chart, x), weight: weightAt(chart, y) };
  };
  const release = (isKept: boolean): void => {
    if (held !== undefined && isKept && !isDisabled) onChange(curve);
    else if (held !== undefined) onDrag(undefined);
    setHeld(undefined);
  };
  const hold = (event: PointerEvent, id: HandleId): void => {
    drawing.current?.setPointerCapture(event.pointerId);
    setHeld(id);
  };

  return (
    <svg
      ref={drawing}
      className={styles['chart']}
      viewBox={`0 0 ${size.width} ${size.height}`}
      preserveAspectRatio="none"
      role="group"
      aria-label={say('guidance.chart', { steps })}
      onPointerMove={(event) => {
        if (held !== undefined && !isDisabled) onDrag(movedTo(curve, steps, held, pointOf(event)));
      }}
      onPointerUp={() => release(true)}
      onPointerCancel={() => release(false)}
      onDoubleClick={(event) => {
        const { step, weight } = pointOf(event);
        if (curve.kind === 'curve' && !isDisabled) onChange(withPoint(curve, { at: progressOf(step, steps), weight }));
      }}
    >
      <ChartGround chart={chart} curve={curve} />
      <path className={styles['line']} d={pathOf(chart, weightsOf(curve, steps))} vectorEffect="non-scaling-stroke" />
      {handlesOf(curve, steps).map((handle, index) => (
        <CurveHandle
          key={handle.id}
          {...{ handle, index, chart, curve, isDisabled, onChange }}
          onHold={(event) => hold(event, handle.id)}
          onEscape={() => release(false)}
          isHeld={held === handle.id}
        />
      ))}
    </svg>
  );
}
