/**
 * What a network predicts, and the way from there to x̂.
 *
 *     v = α ε − σ x        x̂ = α z − σ v̂          (Progressive Distillation, section 4 and appendix D)
 *     ε                    x̂ = (z − σ ε̂)/α
 *     u = ε − x            x̂ = z − σ û            (flows, α = 1 − σ; reversed ones predict x − ε)
 *
 * Every one of them is linear, x̂ = a z + b prediction, so a run applies two numbers, and guidance means the same in all of
 * them as long as nothing has been clipped. Knows nothing of schedules: α and σ come in.
 *
 * Samplers take x̂ alone. Where thresholding or given frames changed it, the ε̂ and v̂ that explain z together with the new x̂
 * are thereby recomputed: they exist nowhere else.
 */
import type { NoiseSchedule, Parameterisation } from '#shared/pack-manifest';
import type { NoiseLevel } from './noise-level';
import { isFlowSchedule } from './schedule';

/** x̂ = zT·z + prediction·(network output). */
export interface XHatFrom {
  readonly zT: number;
  readonly prediction: number;
}

export function xHatFrom(parameterisation: Parameterisation, { alpha, sigma }: NoiseLevel): XHatFrom {
  switch (parameterisation) {
    case 'v':
      return { zT: alpha, prediction: -sigma };
    case 'x':
      return { zT: 0, prediction: 1 };
    case 'eps':
      return { zT: 1 / alpha, prediction: -sigma / alpha };
    case 'flow':
      return { zT: 1, prediction: -sigma };
    case 'flow-reversed':
      return { zT: 1, prediction: sigma };
  }
}

/** ε̂ = (z − α x̂)/σ. */
export function epsHatFrom(xHat: number, zT: number, { alpha, sigma }: NoiseLevel): number {
  return (zT - alpha * xHat) / sigma;
}

/** v̂ = (α z − x̂)/σ, for α² + σ² = 1. */
export function vHatFrom(xHat: number, zT: number, { alpha, sigma }: NoiseLevel): number {
  return (alpha * zT - xHat) / sigma;
}

/** Whether the formula holds at the schedule's levels: v and ε need α² + σ² = 1 (ε also α > 0), u needs α + σ = 1, x neither. */
export function suitsSchedule(parameterisation: Parameterisation, schedule: NoiseSchedule): boolean {
  switch (parameterisation) {
    case 'x':
      return true;
    case 'v':
    case 'eps':
      return !isFlowSchedule(schedule);
    case 'flow':
    case 'flow-reversed':
      return isFlowSchedule(schedule);
  }
}
