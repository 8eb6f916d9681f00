/** A handle of a curve: a slider to the keyboard. Arrows move it by a step or a tenth, ten times as far with Shift; Delete takes a point out. */
import type { KeyboardEvent, PointerEvent } from 'react';
import type { GuidanceCurve } from '#shared/guidance';
import { useSay } from '../studio/use-studio';
import type { Say } from '../text/text';
import { xOfStep, yOfWeight, type Chart } from './chart';
import styles from './guidance.module.css';
import { movedTo, withoutPoint, type Handle } from './handles';

interface Props {
  readonly handle: Handle;
  readonly index: number;
  readonly chart: Chart;
  readonly curve: GuidanceCurve;
  readonly isDisabled: boolean;
  readonly isHeld: boolean;
  readonly onHold: (event: PointerEvent) => void;
  readonly onEscape: () => void;
  readonly onChange: (curve: GuidanceCurve) => void;
}

const arrows: Readonly<Record<string, { readonly step: number; readonly weight: number }>> = {
  ArrowLeft: { step: -1, weight: 0 },
  ArrowRight: { step: 1, weight: 0 },
  ArrowUp: { step: 0, weight: 0.1 },
  ArrowDown: { step: 0, weight: -0.1 },
};

export function CurveHandle({ handle, index, chart, curve, isDisabled, isHeld, onHold, onEscape, onChange }: Props) {
  const say = useSay();
  const isStep = handle.axis === 'step';
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = arrows[event.key];
    const times = event.shiftKey ? 10 : 1;
    if (event.key === 'Escape' && isHeld) onEscape();
    else if (isDisabled) return;
    else if (event.key === 'Delete' && curve.kind === 'curve') onChange(withoutPoint(curve, index));
    else if (by !== undefined) {
      const weight = Math.round((handle.weight + by.weight * times) * 10) / 10;
      onChange(movedTo(curve, chart.steps, handle.id, { step: handle.step + by.step * times, weight }));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <circle
      className={styles['handle']}
      cx={xOfStep(chart, handle.step)}
      cy={yOfWeight(chart, handle.weight)}
      r={4.5}
      role="slider"
      tabIndex={isDisabled ? -1 : 0}
      aria-disabled={isDisabled}
      aria-label={labelOf(handle, index, say)}
      aria-orientation={isStep ? 'horizontal' : 'vertical'}
      aria-valuenow={isStep ? Math.round(handle.step + 1.5) : Number(handle.weight.toFixed(1))}
      aria-valuemin={isStep ? 1 : chart.least}
      aria-valuemax={isStep ? chart.steps + 1 : chart.most}
      onPointerDown={(event) => {
        if (isDisabled) return;
        event.currentTarget.focus();
        onHold(event);
      }}
      onKeyDown={onKeyDown}
    />
  );
}

function labelOf({ id, step, weight }: Handle, index: number, say: Say): string {
  switch (id) {
    case 'weight':
    case 'high':
    case 'low':
    case 'from':
    case 'to':
      return say(`guidance.${id}`);
    default:
      return say('guidance.point', { index: index + 1, step: Math.round(step) + 1, weight: Number(weight.toFixed(1)) });
  }
}
