/**
 * Noise conditioning augmentation (Ho et al. 2021, Cascaded Diffusion Models, section 4; Imagen Video, section 2.5): the
 * low-resolution input is itself made noisy, c' = α_a c + σ_a ε', and the network is told λ_a = log(α_a²/σ_a²). ε' is the same
 * in every step of a run.
 */
import { framesOf, type Clip } from './clip';
import { variancePreserving } from './noise-level';
import { addNormal, type NoiseStream } from './random';

/** In place; frame 0 of `clip` is frame `firstFrame` of the input, at the input's own size. */
export function augment(clip: Clip, firstFrame: number, logSnr: number, noise: NoiseStream): void {
  const { alpha, sigma } = variancePreserving(logSnr);
  for (let i = 0; i < clip.data.length; i++) clip.data[i] = alpha * (clip.data[i] ?? NaN);
  for (let frame = 0; frame < clip.frames; frame++)
    addNormal(noise, firstFrame + frame, sigma, framesOf(clip, frame, frame + 1).data);
}
