/** The points of a free curve in numbers: a row each, with its step and its weight, and a button that takes it out. Two stay. */
import { Plus, X } from 'lucide-react';
import { useRef } from 'react';
import type { GuidanceCurve } from '#shared/guidance';
import { Button, IconButton } from '../controls/Button';
import { NumberField } from '../controls/NumberField';
import { useSay } from '../studio/use-studio';
import styles from './guidance.module.css';
import { roomOfPoint, withoutPoint, withPoint, withPointChanged } from './handles';

interface Props {
  readonly curve: Extract<GuidanceCurve, { kind: 'curve' }>;
  readonly steps: number;
  readonly range: { readonly least: number; readonly most: number };
  readonly isDisabled: boolean;
  readonly onChange: (curve: GuidanceCurve) => void;
}

export function CurvePoints({ curve, steps, range, isDisabled, onChange }: Props) {
  const say = useSay();
  const list = useRef<HTMLOListElement>(null);
  const withOneMore = withPoint(curve);
  const remove = (index: number): void => {
    // The button goes with its row, or is of no more use: the row before it, or the first one, stays.
    list.current?.querySelectorAll('li')[Math.max(0, index - 1)]?.querySelector('input')?.focus();
    onChange(withoutPoint(curve, index));
  };
  return (
    <>
      <div className={styles['point']} aria-hidden>
        <span />
        <span>{say('guidance.step')}</span>
        <span>{say('guidance.weight')}</span>
      </div>
      <ol ref={list} className={styles['points']} aria-label={say('guidance.points')}>
        {curve.points.map((_, index) => (
          <Point key={index} {...{ curve, steps, range, index, isDisabled, onChange }} onRemove={() => remove(index)} />
        ))}
      </ol>
      <div>
        <Button disabled={isDisabled || withOneMore === curve} onClick={() => onChange(withOneMore)}>
          <Plus size={12} aria-hidden /> {say('guidance.addPoint')}
        </Button>
      </div>
    </>
  );
}

interface PointProps extends Props {
  readonly index: number;
  readonly onRemove: () => void;
}

/** Steps are counted from 1, as people do; a point may lie between two. */
function Point({ curve, steps, range, index, isDisabled, onChange, onRemove }: PointProps) {
  const say = useSay();
  const point = curve.points[index];
  if (point === undefined) return null;
  const { from, to } = roomOfPoint(curve.points, steps, index);
  const place = { index: index + 1 };
  return (
    <li className={styles['point']}>
      <span aria-hidden>{index + 1}</span>
      <NumberField
        label={say('guidance.pointStep', place)}
        value={rounded(point.at * (steps - 1)) + 1}
        least={Math.floor(from * 1000) / 1000 + 1}
        most={Math.ceil(to * 1000) / 1000 + 1}
        isDisabled={isDisabled || steps < 2}
        onChange={(step) => onChange(withPointChanged(curve, steps, index, { step: step - 1 }))}
      />
      <NumberField
        label={say('guidance.pointWeight', place)}
        value={point.weight}
        {...range}
        step={0.1}
        isDisabled={isDisabled}
        onChange={(weight) => onChange(withPointChanged(curve, steps, index, { weight }))}
      />
      <IconButton
        label={say('guidance.removePoint', place)}
        disabled={isDisabled || curve.points.length <= 2}
        onClick={onRemove}
      >
        <X size={12} aria-hidden />
      </IconButton>
    </li>
  );
}

function rounded(step: number): number {
  return Math.round(step * 1000) / 1000;
}
