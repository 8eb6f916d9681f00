/**
 * Classifier-free guidance: how strongly each step follows the text, and which evaluations that takes.
 *
 *     guided = (1 + w)·conditional − w·unconditional      (Ho & Salimans 2022, eq. 6; Imagen Video, section 2.4)
 *
 * A negative prompt takes the unconditional branch's place. Distilled networks have w as an input and need one evaluation
 * (Meng et al. 2023, section 3.1). What they were taught is w against no text at all; so with a negative prompt they are asked
 * twice at w = 0, where they are conditional, and the sum above is made of that. Knows nothing of pixels: it hands out numbers.
 */
import type { GuidanceCurve } from '#shared/guidance';
import type { StageSpec } from '#shared/pack-manifest';
import type { Branch } from './denoiser';

/** w of step `step` of `steps`, both counted from 0. */
export function guidanceWeight(curve: GuidanceCurve, step: number, steps: number): number {
  switch (curve.kind) {
    case 'constant':
      return curve.weight;
    case 'oscillating':
      return oscillatingWeight(curve, step);
    case 'curve':
      return piecewiseLinear(curve.points, steps === 1 ? 0 : step / (steps - 1));
  }
}

/** A branch to evaluate and what it counts in the sum; the shares add up to 1. */
export interface BranchShare {
  readonly branch: Branch;
  readonly share: number;
  /** What a distilled network is given as w. */
  readonly weightInput?: number;
}

/** The evaluations that guidance at weight `w` takes; a branch that counts nothing (w = 0, w = −1) is not evaluated. */
export function branchShares(
  support: StageSpec['guidance'],
  w: number,
  negativePrompt: boolean,
): readonly [BranchShare, BranchShare?] {
  if (support.kind === 'distilled' && (!negativePrompt || w === 0 || support.weightMin > 0))
    return [{ branch: 'conditional', share: 1, weightInput: w }];
  const weightInput = support.kind === 'distilled' ? { weightInput: 0 } : {};
  const other = negativePrompt ? 'negative' : 'unconditional';
  if (support.kind === 'none' || w === 0) return [{ branch: 'conditional', share: 1 }];
  if (w === -1) return [{ branch: other, share: 1, ...weightInput }];
  return [
    { branch: 'conditional', share: 1 + w, ...weightInput },
    { branch: other, share: -w, ...weightInput },
  ];
}

/** Imagen Video, section 2.4: high for the first steps, then high and low by turns, here until `toStep`, then low. */
function oscillatingWeight(curve: Extract<GuidanceCurve, { kind: 'oscillating' }>, step: number): number {
  if (step < curve.fromStep) return curve.high;
  if (curve.toStep !== undefined && step >= curve.toStep) return curve.low;
  const half = Math.floor((step - curve.fromStep) / (curve.period / 2));
  return half % 2 === 0 ? curve.high : curve.low;
}

/** Constant before the first and after the last point. */
function piecewiseLinear(points: readonly { readonly at: number; readonly weight: number }[], at: number): number {
  const before = points.findLast((point) => point.at <= at) ?? points[0];
  const after = points.find((point) => point.at >= at) ?? before;
  if (before === undefined || after === undefined) return 0;
  if (after.at <= before.at) return before.weight;
  return before.weight + ((at - before.at) / (after.at - before.at)) * (after.weight - before.weight);
}
