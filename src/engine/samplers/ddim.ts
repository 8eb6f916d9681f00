/** DDIM (Song et al. 2021, eq. 12 with η = 0): deterministic, keeps the noise that x̂ leaves unexplained. */
import type { NoiseLevel } from '../noise-level';
import { evaluateOnce, type Evaluation, type StepLevels } from './sampler';

/** z_s = α_s x̂ + σ_s ε̂. */
export function ddim({ from, to }: StepLevels): readonly Evaluation[] {
  return evaluateOnce(from, ddimWeights(from, to));
}

/** With ε̂ = (z_t − α_t x̂)/σ_t put in: z_s = (σ_s/σ_t) z_t + (α_s − α_t σ_s/σ_t) x̂. */
export function ddimWeights(t: NoiseLevel, s: NoiseLevel): { readonly zT: number; readonly xHat: number } {
  const noiseKept = s.sigma / t.sigma;
  return { zT: noiseKept, xHat: s.alpha - t.alpha * noiseKept };
}
