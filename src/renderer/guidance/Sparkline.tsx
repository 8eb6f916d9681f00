/** A guidance curve too small to edit: its shape at a glance. */
import type { GuidanceCurve } from '#shared/guidance';
import { pathOf, rangeOf, weightsOf } from './chart';
import styles from './guidance.module.css';

interface Props {
  readonly curve: GuidanceCurve;
  readonly steps: number;
  readonly label: string;
}

export function Sparkline({ curve, steps, label }: Props) {
  const chart = { width: 64, height: 26, steps, ...rangeOf(curve, steps) };
  return (
    <svg className={styles['spark']} viewBox="4 4 56 18" preserveAspectRatio="none" role="img" aria-label={label}>
      <path className={styles['line']} d={pathOf(chart, weightsOf(curve, steps))} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
