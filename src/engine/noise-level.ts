/**
 * How noisy a latent is: z = α x + σ ε.
 *
 * α, σ travel together with λ = log(α²/σ²), natural logarithm, so that nothing downstream asks which family they belong to:
 * diffusion is variance preserving, α² + σ² = 1 (Kingma & Ho 2021, section 2; Progressive Distillation, section 2); a flow
 * interpolates, α + σ = 1 (Lipman et al. 2023, section 4.1, with time reversed). Knows nothing of time or steps.
 */
export interface NoiseLevel {
  /** In [0, 1]. */
  readonly alpha: number;
  /** In [0, 1]. */
  readonly sigma: number;
  /** λ; −∞ where a flow is pure noise, ∞ where it is clean. */
  readonly logSnr: number;
}

/** α = √sigmoid(λ), σ = √sigmoid(−λ): each from its own exponential, so neither cancels at λ = ±30. */
export function variancePreserving(logSnr: number): NoiseLevel {
  return { alpha: Math.sqrt(sigmoid(logSnr)), sigma: Math.sqrt(sigmoid(-logSnr)), logSnr };
}

/** α = 1 − σ, hence λ = 2 log((1 − σ)/σ). */
export function flow(sigma: number): NoiseLevel {
  return { alpha: 1 - sigma, sigma, logSnr: 2 * (Math.log1p(-sigma) - Math.log(sigma)) };
}

const mostLogSnr = 30;

/** λ as a graph is given it: ±30, the ends of `LogSnr`, stand for ±∞. */
export function logSnrInput(level: NoiseLevel): number {
  return Math.min(mostLogSnr, Math.max(-mostLogSnr, level.logSnr));
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
