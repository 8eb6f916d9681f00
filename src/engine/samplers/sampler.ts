/**
 * What a sampler is: from the noise levels of a step to the evaluations that it makes, and what becomes of each x̂. Every
 * update is a weighted sum of clips, so a sampler is arithmetic on a few numbers; how clips are cut into windows, stored and
 * guided is somebody else's business.
 */
import type { NoiseLevel } from '../noise-level';

/** Three neighbouring levels of a run. */
export interface StepLevels {
  /** Level t of the step's latent. */
  readonly from: NoiseLevel;
  /** Level s, less noisy, that the step leads to. */
  readonly to: NoiseLevel;
  /** Level that the step after this one leads to. */
  readonly afterNext: NoiseLevel;
}

/** Evaluate x̂ of the latent `of` at level `at`, then make zT·z_t + zHat·ẑ + xHat·x̂ + noise·ε, ε ~ N(0, I) fresh for the step. */
export interface Evaluation {
  readonly at: NoiseLevel;
  /** `zT` is the step's latent; `zHat` what the evaluation before this one made of it. */
  readonly of: 'zT' | 'zHat';
  readonly weights: UpdateWeights;
}

export interface UpdateWeights {
  readonly zT: number;
  readonly zHat: number;
  readonly xHat: number;
  readonly noise: number;
}

/** Any step but the last one, which returns x̂ whatever the sampler. */
export type SamplerStep = (levels: StepLevels) => readonly Evaluation[];

/** A single evaluation, of z_t. */
export function evaluateOnce(from: NoiseLevel, weights: Partial<UpdateWeights>): readonly Evaluation[] {
  return [{ at: from, of: 'zT', weights: { zT: 0, zHat: 0, xHat: 0, noise: 0, ...weights } }];
}
