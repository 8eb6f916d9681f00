/** Where steps and weights lie on the chart of a guidance curve, and back. Pure. */
import type { GuidanceCurve } from '#shared/guidance';
import { guidanceWeight } from '#engine/guidance';

export interface Chart {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Sampling steps, at least 1. */
  readonly steps: number;
  /** Weights at the bottom and the top. */
  readonly least: number;
  readonly most: number;
}

/** Room around the line, so that a point at an edge can be taken hold of. */
export const margin = 8;

/** The middle of step `step` (from 0; fractions lie between). */
export function xOfStep({ width, steps }: Chart, step: number): number {
  return margin + ((step + 0.5) / steps) * (width - 2 * margin);
}

export function yOfWeight({ height, least, most }: Chart, weight: number): number {
  return height - margin - ((weight - least) / (most - least)) * (height - 2 * margin);
}

/** Fractional. */
export function stepAt({ width, steps }: Chart, x: number): number {
  return ((x - margin) / (width - 2 * margin)) * steps - 0.5;
}

/** To a tenth, within the chart. */
export function weightAt({ height, least, most }: Chart, y: number): number {
  const weight = least + ((height - margin - y) / (height - 2 * margin)) * (most - least);
  return Math.round(Math.min(most, Math.max(least, weight)) * 10) / 10;
}

/** Where on the curve's own axis (0 to 1) step `step` lies. */
export function progressOf(step: number, steps: number): number {
  return steps <= 1 ? 0 : Math.min(1, Math.max(0, step / (steps - 1)));
}

/** The weight of every step. */
export function weightsOf(curve: GuidanceCurve, steps: number): readonly number[] {
  return Array.from({ length: steps }, (_, step) => guidanceWeight(curve, step, steps));
}

/** Weights for the axis: what the stage takes, or round numbers around what is drawn. */
export function rangeOf(
  curve: GuidanceCurve,
  steps: number,
  limits?: { readonly least: number; readonly most: number },
) {
  if (limits !== undefined) return limits;
  const weights = weightsOf(curve, steps);
  const most = Math.max(5, ...weights);
  return { least: Math.min(0, ...weights), most: [10, 15, 20, 30].find((each) => each >= most * 1.1) ?? 50 };
}

/** A line through the steps: level within each, since a step has one weight. As the `d` of an SVG path. */
export function pathOf(chart: Chart, weights: readonly number[]): string {
  const half = (chart.width - 2 * margin) / chart.steps / 2;
  return weights
    .map((weight, step) => {
      const x = xOfStep(chart, step);
      const y = yOfWeight(chart, weight).toFixed(1);
      return `${step === 0 ? 'M' : 'L'}${(x - half).toFixed(1)} ${y}H${(x + half).toFixed(1)}`;
    })
    .join('');
}
