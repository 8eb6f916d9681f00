/** Heun's method on a flow's differential equation dz/dσ = u: Euler's step, then the mean of the slopes at both of its ends. */
import { euler } from './euler';
import type { Evaluation, StepLevels } from './sampler';

/**
 * ẑ = z_t + h û(z_t, t), z_s = z_t + (h/2) (û(z_t, t) + û(ẑ, s)) with h = σ_s − σ_t. The first slope is (ẑ − z_t)/h, the second
 * (ẑ − x̂)/σ_s: z_s = z_t/2 + (1/2 + h/(2 σ_s)) ẑ − h/(2 σ_s) x̂.
 */
export function heun(levels: StepLevels): readonly Evaluation[] {
  const { from: t, to: s } = levels;
  const correction = (s.sigma - t.sigma) / (2 * s.sigma);
  return [
    ...euler(levels),
    { at: s, of: 'zHat', weights: { zT: 0.5, zHat: 0.5 + correction, xHat: -correction, noise: 0 } },
  ];
}
