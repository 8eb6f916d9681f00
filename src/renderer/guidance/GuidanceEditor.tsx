/**
 * Guidance as something one draws: the weight of each step as a line with handles, the same numbers beneath. While a handle is
 * dragged the line follows; letting go makes one change, Escape none.
 */
import { useState } from 'react';
import type { GuidanceCurve } from '#shared/guidance';
import type { StageSpec } from '#shared/pack-manifest';
import { Segments } from '../controls/Choice';
import { useSay } from '../studio/use-studio';
import { rangeOf } from './chart';
import { CurveChart } from './CurveChart';
import { CurveNumbers } from './CurveNumbers';
import styles from './guidance.module.css';
import { asKind } from './handles';

interface Props {
  readonly curve: GuidanceCurve;
  readonly steps: number;
  readonly support: StageSpec['guidance'];
  readonly onChange: (curve: GuidanceCurve) => void;
  readonly isDisabled: boolean;
}

const kinds = ['constant', 'oscillating', 'curve'] as const;

export function GuidanceEditor({ curve, steps, support, onChange, isDisabled }: Props) {
  const say = useSay();
  const [dragged, setDragged] = useState<GuidanceCurve>();
  if (support.kind === 'none') return <p>{say('guidance.none')}</p>;
  const limits = support.kind === 'distilled' ? { least: support.weightMin, most: support.weightMax } : undefined;
  const range = rangeOf(curve, steps, limits);
  const shown = dragged ?? curve;
  return (
    <div className={styles['editor']}>
      <Segments
        label={say('guidance.kind')}
        value={shown.kind}
        options={kinds.map((kind) => ({ value: kind, label: say(`guidance.${kind}`) }))}
        onChange={(kind) => onChange(asKind(curve, kind, steps))}
        isDisabled={isDisabled}
      />
      <CurveChart
        curve={shown}
        steps={steps}
        range={range}
        isDisabled={isDisabled}
        onDrag={setDragged}
        onChange={(next) => {
          setDragged(undefined);
          onChange(next);
        }}
      />
      <CurveNumbers
        curve={shown}
        steps={steps}
        range={limits ?? { least: -1, most: 50 }}
        isDisabled={isDisabled}
        onChange={onChange}
      />
    </div>
  );
}
