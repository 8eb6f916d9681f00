/** The same curve in numbers. Steps are counted from 1 here, as people do. */
import type { GuidanceCurve } from '#shared/guidance';
import { NumberField } from '../controls/NumberField';
import { useSay } from '../studio/use-studio';
import { CurvePoints } from './CurvePoints';
import styles from './guidance.module.css';
import { withEnd } from './handles';

interface Props {
  readonly curve: GuidanceCurve;
  readonly steps: number;
  readonly range: { readonly least: number; readonly most: number };
  readonly isDisabled: boolean;
  readonly onChange: (curve: GuidanceCurve) => void;
}

interface Row {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
  readonly change: (value: number) => GuidanceCurve;
}

export function CurveNumbers({ curve, steps, range, isDisabled, onChange }: Props) {
  const say = useSay();
  if (curve.kind === 'curve') return <CurvePoints {...{ curve, steps, range, isDisabled, onChange }} />;
  return (
    <div className={styles['numbers']}>
      {rowsOf(curve, steps, range, say).map(({ label, change, ...row }) => (
        <label key={label} className={styles['number']}>
          {label}
          <NumberField label={label} {...row} isDisabled={isDisabled} onChange={(value) => onChange(change(value))} />
        </label>
      ))}
    </div>
  );
}

function rowsOf(
  curve: Exclude<GuidanceCurve, { kind: 'curve' }>,
  steps: number,
  range: Props['range'],
  say: ReturnType<typeof useSay>,
): readonly Row[] {
  const weight = { ...range, step: 0.1 };
  if (curve.kind === 'constant')
    return [
      {
        label: say('guidance.weight'),
        value: curve.weight,
        ...weight,
        change: (value) => ({ ...curve, weight: value }),
      },
    ];
  const to = curve.toStep ?? steps;
  return [
    { label: say('guidance.high'), value: curve.high, ...weight, change: (high) => ({ ...curve, high }) },
    { label: say('guidance.low'), value: curve.low, ...weight, change: (low) => ({ ...curve, low }) },
    {
      label: say('guidance.from'),
      value: curve.fromStep + 1,
      least: 1,
      most: to,
      step: 1,
      change: (value) => ({ ...curve, fromStep: value - 1 }),
    },
    {
      label: say('guidance.to'),
      value: to,
      least: curve.fromStep + 1,
      most: Math.max(steps, to),
      step: 1,
      change: (value) => withEnd(curve, value >= steps ? undefined : value),
    },
    {
      label: say('guidance.period'),
      value: curve.period,
      least: 2,
      most: 1000,
      step: 2,
      change: (value) => ({ ...curve, period: 2 * Math.max(1, Math.round(value / 2)) }),
    },
  ];
}
