/** Euler's method on a flow's ordinary differential equation dz/dσ = u (Lipman et al. 2023; Liu et al. 2023, algorithm 1). */
import { evaluateOnce, type Evaluation, type StepLevels } from './sampler';

/** z_s = z_t + (σ_s − σ_t) û with û = (z_t − x̂)/σ_t. */
export function euler({ from: t, to: s }: StepLevels): readonly Evaluation[] {
  const kept = s.sigma / t.sigma;
  return evaluateOnce(t, { zT: kept, xHat: 1 - kept });
}
