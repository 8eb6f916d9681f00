/** The sampler's weighted sum of clips, and the noise: where the z of the step to come is made. */
import { framesOf, lengthOf, type Clip, type Range } from './clip';
import { addNormal, type NoiseStream } from './random';
import type { UpdateWeights } from './samplers/sampler';

/** In place on `xHat`: zT·z_t + zHat·ẑ + xHat·x̂. A latent that weighs 0 may be absent. */
export function mixLatents(xHat: Clip, zT: Clip | undefined, zHat: Clip | undefined, weights: UpdateWeights): void {
  const x = xHat.data;
  const z = zT?.data ?? x;
  for (let i = 0; i < x.length; i++) x[i] = weights.zT * (z[i] ?? NaN) + weights.xHat * (x[i] ?? NaN);
  if (zHat === undefined) return;
  for (let i = 0; i < x.length; i++) x[i] = (x[i] ?? NaN) + weights.zHat * (zHat.data[i] ?? NaN);
}

/** Adds `std` times the noise of the frames `frames` of the clip. */
export function addNoise(clip: Clip, frames: Range, std: number, noise: NoiseStream): void {
  if (std === 0) return;
  for (let i = 0; i < lengthOf(frames); i++) addNormal(noise, frames.from + i, std, framesOf(clip, i, i + 1).data);
}
