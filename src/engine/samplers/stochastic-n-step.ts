/**
 * The stochastic sampler for distilled networks (Meng et al. 2023, section 4 and algorithm 5): a DDIM step of twice the length,
 * as the student was trained to take, then noise again up to where the next step begins.
 */
import { ddimWeights } from './ddim';
import { evaluateOnce, type Evaluation, type StepLevels } from './sampler';

/**
 * With k = t − 2/N, s = t − 1/N: z_k by DDIM, then z_s = (α_s/α_k) z_k + √[(1 − e^{λs−λk}) σ_s²] ε, which has the marginal of
 * level s since (α_s/α_k)² σ_k² = e^{λs−λk} σ_s².
 */
export function stochasticNStep({ from: t, to: s, afterNext: k }: StepLevels): readonly Evaluation[] {
  const toK = ddimWeights(t, k);
  const shrink = s.alpha / k.alpha;
  return evaluateOnce(t, {
    zT: shrink * toK.zT,
    xHat: shrink * toK.xHat,
    noise: Math.sqrt(-Math.expm1(s.logSnr - k.logSnr)) * s.sigma,
  });
}
