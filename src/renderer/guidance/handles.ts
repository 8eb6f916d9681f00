/** What of a guidance curve can be taken hold of, and what the curve is after it was moved. Pure; never makes an invalid curve. */
import { guidanceCurveSchema, type GuidanceCurve } from '#shared/guidance';
import { guidanceWeight } from '#engine/guidance';
import { progressOf } from './chart';

export type HandleId = 'weight' | 'high' | 'low' | 'from' | 'to' | `point-${number}`;

export interface Handle {
  readonly id: HandleId;
  /** Where it is drawn. */
  readonly step: number;
  readonly weight: number;
  /** Which ways it goes. */
  readonly axis: 'weight' | 'step' | 'both';
}

export function handlesOf(curve: GuidanceCurve, steps: number): readonly Handle[] {
  switch (curve.kind) {
    case 'constant':
      return [{ id: 'weight', step: (steps - 1) / 2, weight: curve.weight, axis: 'weight' }];
    case 'oscillating': {
      const to = Math.min(steps, curve.toStep ?? steps);
      const middle = (curve.high + curve.low) / 2;
      return [
        { id: 'high', step: Math.max(0, curve.fromStep / 2 - 0.5), weight: curve.high, axis: 'weight' },
        { id: 'low', step: Math.min(steps - 1, (to + steps) / 2 - 0.5), weight: curve.low, axis: 'weight' },
        { id: 'from', step: Math.min(curve.fromStep, steps) - 0.5, weight: middle, axis: 'step' },
        { id: 'to', step: to - 0.5, weight: middle, axis: 'step' },
      ];
    }
    case 'curve':
      return curve.points.map(({ at, weight }, index) => ({
        id: `point-${index}`,
        step: at * (steps - 1),
        weight,
        axis: 'both',
      }));
  }
}

/** `step` fractional, `weight` as the hand wants it. */
export function movedTo(
  curve: GuidanceCurve,
  steps: number,
  id: HandleId,
  { step, weight }: { readonly step: number; readonly weight: number },
): GuidanceCurve {
  switch (curve.kind) {
    case 'constant':
      return valid({ ...curve, weight }, curve);
    case 'oscillating':
      return valid(oscillationMoved(curve, steps, id, step, weight), curve);
    case 'curve':
      return withPointChanged(curve, steps, Number(id.slice(6)), { step, weight });
  }
}

type Oscillation = Extract<GuidanceCurve, { kind: 'oscillating' }>;

function oscillationMoved(curve: Oscillation, steps: number, id: HandleId, step: number, weight: number): Oscillation {
  const edge = Math.round(step + 0.5);
  if (id === 'high') return { ...curve, high: weight };
  if (id === 'low') return { ...curve, low: weight };
  if (id === 'from') return { ...curve, fromStep: Math.min((curve.toStep ?? steps) - 1, Math.max(0, edge)) };
  return withEnd(curve, edge >= steps ? undefined : Math.max(curve.fromStep + 1, edge));
}

/** Undefined: to the last step, however many there are. */
export function withEnd(curve: Oscillation, toStep: number | undefined): Oscillation {
  const { kind, high, low, fromStep, period } = curve;
  return { kind, high, low, fromStep, period, ...(toStep !== undefined && { toStep }) };
}

type Points = Extract<GuidanceCurve, { kind: 'curve' }>['points'];

/** Least distance between two points: a thousandth of the curve. */
const apart = 0.001;

/** Steps between which a point can lie, counted from 0. */
export function roomOfPoint(
  points: Points,
  steps: number,
  index: number,
): { readonly from: number; readonly to: number } {
  const [from, to] = [points[index - 1], points[index + 1]];
  return {
    from: from === undefined ? 0 : (from.at + apart) * (steps - 1),
    to: to === undefined ? steps - 1 : (to.at - apart) * (steps - 1),
  };
}

function pointsMoved(points: Points, index: number, at: number, weight: number): Points {
  const before = points[index - 1];
  const after = points[index + 1];
  const from = before === undefined ? 0 : before.at + apart;
  const to = after === undefined ? 1 : after.at - apart;
  return points.map((point, each) => (each === index ? { at: Math.min(to, Math.max(from, at)), weight } : point));
}

/** One point elsewhere, between its neighbours, or with another weight. `step` fractional, counted from 0. */
export function withPointChanged(
  curve: GuidanceCurve,
  steps: number,
  index: number,
  { step, weight }: { readonly step?: number; readonly weight?: number },
): GuidanceCurve {
  const point = curve.kind === 'curve' ? curve.points[index] : undefined;
  if (curve.kind !== 'curve' || point === undefined) return curve;
  const at = step === undefined ? point.at : progressOf(step, steps);
  return valid({ ...curve, points: pointsMoved(curve.points, index, at, weight ?? point.weight) }, curve);
}

/** A new point on the curve in the widest gap, or at `at`. The same curve where there is no room. */
export function withPoint(curve: GuidanceCurve, at?: { readonly at: number; readonly weight: number }): GuidanceCurve {
  if (curve.kind !== 'curve') return curve;
  const point = at ?? widestGap(curve.points);
  return valid({ ...curve, points: [...curve.points, point].sort((a, b) => a.at - b.at) }, curve);
}

function widestGap(points: Points): Points[number] {
  let best = { at: 0.5, weight: points[0]?.weight ?? 0, room: 0 };
  for (const [index, right] of points.entries()) {
    const left = points[index - 1];
    if (left === undefined || right.at - left.at <= best.room) continue;
    best = { at: (left.at + right.at) / 2, weight: (left.weight + right.weight) / 2, room: right.at - left.at };
  }
  return { at: best.at, weight: best.weight };
}

/** Two points stay. */
export function withoutPoint(curve: GuidanceCurve, index: number): GuidanceCurve {
  if (curve.kind !== 'curve') return curve;
  return valid({ ...curve, points: curve.points.filter((_, each) => each !== index) }, curve);
}

/** The same weights, as far as another kind of curve can say them. */
export function asKind(curve: GuidanceCurve, kind: GuidanceCurve['kind'], steps: number): GuidanceCurve {
  if (curve.kind === kind) return curve;
  const weights = Array.from({ length: steps }, (_, step) => guidanceWeight(curve, step, steps));
  const first = weights[0] ?? 0;
  const last = weights.at(-1) ?? first;
  switch (kind) {
    case 'constant':
      return { kind, weight: Math.max(...weights) };
    case 'oscillating': {
      const high = Math.max(...weights);
      const low = Math.min(...weights);
      // Imagen Video section 2.4: 15 and 1 by turns from about the tenth of 128 steps on.
      const fromStep = Math.max(0, Math.round(steps / 4));
      return { kind, high, low: low === high ? Math.min(1, high) : low, fromStep, period: 2 };
    }
    case 'curve':
      return {
        kind,
        points: [
          { at: 0, weight: first },
          { at: 1, weight: last },
        ],
      };
  }
}

function valid(curve: GuidanceCurve, otherwise: GuidanceCurve): GuidanceCurve {
  const { success, data } = guidanceCurveSchema.safeParse(curve);
  return success ? data : otherwise;
}
