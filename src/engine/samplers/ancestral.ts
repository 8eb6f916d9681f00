/**
 * The ancestral sampler of Video Diffusion Models (Ho et al. 2022, section 2, eqs. 2–4; Imagen Video, section 2.1, eq. 5): a
 * draw from the posterior q(z_s | z_t, x = x̂), its log-variance between the lower (γ = 0) and the upper (γ = 1) bound.
 */
import { evaluateOnce, type Evaluation, type StepLevels } from './sampler';

/**
 * μ̃ = e^{λt−λs} (α_s/α_t) z_t + (1 − e^{λt−λs}) α_s x̂, noise of variance (σ̃²_{s|t})^{1−γ} (σ²_{t|s})^γ with
 * σ̃²_{s|t} = (1 − e^{λt−λs}) σ_s² and σ²_{t|s} = (1 − e^{λt−λs}) σ_t².
 *
 * e^{λt−λs}/α_t is written as α_t (σ_s/(σ_t α_s))², which also holds where a flow starts, α_t = 0.
 */
export function ancestral({ from: t, to: s }: StepLevels, gamma: number): readonly Evaluation[] {
  const lost = -Math.expm1(t.logSnr - s.logSnr);
  return evaluateOnce(t, {
    zT: s.alpha * t.alpha * (s.sigma / (t.sigma * s.alpha)) ** 2,
    xHat: lost * s.alpha,
    noise: Math.sqrt(lost) * s.sigma ** (1 - gamma) * t.sigma ** gamma,
  });
}
