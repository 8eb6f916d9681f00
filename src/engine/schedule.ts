/**
 * The noise levels of a run: diffusion time runs from 1 (pure noise) to 0 (data) in N equal steps, and a schedule turns time
 * into a level. Knows nothing of networks and samplers.
 *
 * Sources: cosine in continuous time from Progressive Distillation (Salimans & Ho 2022; `logsnr_schedule_cosine` of its
 * reference code, checked); its shift from simple diffusion (Hoogeboom et al. 2023, section 3.1); shifted linear time of
 * flows from Stable Diffusion 3 (Esser et al. 2024, eq. 23).
 */
import { SluiceError } from '#shared/errors';
import type { NoiseSchedule } from '#shared/pack-manifest';
import { flow, variancePreserving, type NoiseLevel } from './noise-level';

/**
 * The N + 1 levels at t_i = 1 − i/N. The network is evaluated at the first N of them; the last one is where time ends.
 * Throws `invalid-shot` where the schedule is a list of another length.
 */
export function noiseLevels(schedule: NoiseSchedule, steps: number): readonly NoiseLevel[] {
  switch (schedule.kind) {
    case 'cosine':
      return timeGrid(steps).map((t) => variancePreserving(cosineLogSnr(t, schedule)));
    case 'shifted-linear':
      return timeGrid(steps).map((t) => flow(shiftedSigma(t, schedule.shift)));
    case 'sigmas':
      requireListedSteps(schedule.sigmas, steps);
      return schedule.sigmas.map(flow);
  }
}

/** Whether the levels are a flow's, α + σ = 1, instead of a diffusion's, α² + σ² = 1. */
export function isFlowSchedule(schedule: NoiseSchedule): boolean {
  return schedule.kind !== 'cosine';
}

/** t_i = 1 − i/N, i = 0…N. */
function timeGrid(steps: number): readonly number[] {
  return Array.from({ length: steps + 1 }, (_, i) => 1 - i / steps);
}

/** λ(t) = −2 log tan(a t + b) − 2 log(shift), b = atan(e^{−λmax/2}), a = atan(e^{−λmin/2}) − b. */
export function cosineLogSnr(t: number, schedule: { logSnrMin: number; logSnrMax: number; shift: number }): number {
  const b = Math.atan(Math.exp(-schedule.logSnrMax / 2));
  const a = Math.atan(Math.exp(-schedule.logSnrMin / 2)) - b;
  return -2 * Math.log(Math.tan(a * t + b)) - 2 * Math.log(schedule.shift);
}

/** σ' = s σ / (1 + (s − 1) σ) with σ = t, which is λ' = λ − 2 log s. */
function shiftedSigma(t: number, shift: number): number {
  return (shift * t) / (1 + (shift - 1) * t);
}

function requireListedSteps(sigmas: readonly number[], steps: number): void {
  if (sigmas.length === steps + 1) return;
  throw new SluiceError(
    'invalid-shot',
    `This stage lists ${sigmas.length} noise levels, made for ${sigmas.length - 1} steps, but ${steps} were asked for. ` +
      `Ask for ${sigmas.length - 1} steps.`,
    { details: { steps } },
  );
}
