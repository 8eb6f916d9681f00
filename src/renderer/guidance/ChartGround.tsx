/** What lies behind a guidance curve: levels with their weights, and the window of an oscillation. */
import type { GuidanceCurve } from '#shared/guidance';
import { margin, xOfStep, yOfWeight, type Chart } from './chart';
import styles from './guidance.module.css';

export function ChartGround({ chart, curve }: { readonly chart: Chart; readonly curve: GuidanceCurve }) {
  const { least, most, width, height, steps } = chart;
  const levels = [least, (least + most) / 2, most];
  return (
    <g aria-hidden>
      {levels.map((weight) => (
        <g key={weight}>
          <line
            className={styles['grid']}
            x1={margin}
            x2={width - margin}
            y1={yOfWeight(chart, weight)}
            y2={yOfWeight(chart, weight)}
            vectorEffect="non-scaling-stroke"
          />
          <text
            className={styles['axis']}
            x={width - 2}
            y={yOfWeight(chart, weight) + (weight === most ? 9 : -2)}
            textAnchor="end"
          >
            {weight}
          </text>
        </g>
      ))}
      {curve.kind === 'oscillating' && <OscillationWindow {...{ chart, curve, height, steps }} />}
    </g>
  );
}

interface WindowProps {
  readonly chart: Chart;
  readonly curve: Extract<GuidanceCurve, { kind: 'oscillating' }>;
  readonly height: number;
  readonly steps: number;
}

function OscillationWindow({ chart, curve, height, steps }: WindowProps) {
  const from = xOfStep(chart, Math.min(curve.fromStep, steps) - 0.5);
  const to = xOfStep(chart, Math.min(curve.toStep ?? steps, steps) - 0.5);
  return (
    <rect
      className={styles['window']}
      x={from}
      width={Math.max(0, to - from)}
      y={margin}
      height={height - 2 * margin}
    />
  );
}
