/** The samplers by name. A new one is a file beside this one, a row here, and its choice in `src/shared/guidance.ts`. */
import type { SamplerChoice } from '#shared/guidance';
import { SluiceError } from '#shared/errors';
import type { NoiseLevel } from '../noise-level';
import { ancestral } from './ancestral';
import { ddim } from './ddim';
import { euler } from './euler';
import { heun } from './heun';
import { evaluateOnce, type Evaluation, type SamplerStep } from './sampler';
import { stochasticNStep } from './stochastic-n-step';

export interface Sampler {
  readonly step: SamplerStep;
  /** Whether the method integrates a flow and means nothing on other schedules. */
  readonly flowOnly: boolean;
}

export function samplerOf(choice: SamplerChoice): Sampler {
  switch (choice.kind) {
    case 'ddim':
      return { step: ddim, flowOnly: false };
    case 'ancestral':
      return { step: (levels) => ancestral(levels, choice.gamma), flowOnly: false };
    case 'stochastic-n-step':
      return { step: stochasticNStep, flowOnly: false };
    case 'euler':
      return { step: euler, flowOnly: true };
    case 'heun':
      return { step: heun, flowOnly: true };
  }
}

/** The evaluations of step `step`, from 0, of a run at `levels` (N + 1 of them for N steps). The last step returns x̂. */
export function evaluationsOf(sampler: Sampler, levels: readonly NoiseLevel[], step: number): readonly Evaluation[] {
  const [from, to, afterNext] = levels.slice(step, step + 3);
  if (from === undefined || to === undefined)
    throw new SluiceError('internal', `Step ${step} is outside a run of ${levels.length - 1} steps.`);
  return afterNext === undefined ? evaluateOnce(from, { xHat: 1 }) : sampler.step({ from, to, afterNext });
}
