/**
 * What the engine's loops over pixels cost, in nanoseconds an element of processor time: the share of a stage that is not the
 * network's. Modules loaded one by one are several times slower than the bundle that ships, so measure a bundle:
 * `npx rolldown bench/engine-loops.ts --platform node --file out/engine-loops.js && node out/engine-loops.js`.
 */
import { zeroClip, type Clip, type Window } from '#engine/clip';
import { writeGuidedXHat, type Predictions } from '#engine/guided-x-hat';
import { addNoise, mixLatents } from '#engine/latent-update';
import { MagnitudeHistogram } from '#engine/magnitude-quantile';
import { pixelsFrom8Bit, pixelsTo8Bit } from '#engine/pixels';
import { noiseStream } from '#engine/random';
import { resize } from '#engine/resize';
import { clipTo } from '#engine/thresholding';

const frames = 2;
const height = 768;
const width = 1280;
const rounds = 8;

/** Nanoseconds of processor time an element, the best of some rounds: the first ones include compilation. */
function nanosecondsPerElement(elements: number, loop: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const start = process.cpuUsage();
    loop();
    const { user } = process.cpuUsage(start);
    return (user * 1000) / elements;
  });
  return Math.min(...times);
}

function noisyClip(seed: number): Clip {
  const clip = zeroClip(frames, 3, height, width);
  addNoise(clip, { from: 0, to: frames }, 0.3, noiseStream(seed, 'bench', 'initial', 0));
  return clip;
}

const [xHat, zT] = [noisyClip(1), noisyClip(2)] as const;
const conditional = { branch: 'conditional', prediction: noisyClip(3) } as const;
const unconditional = { branch: 'unconditional', prediction: noisyClip(4) } as const;
const from = { zT: 0.6, prediction: -0.8 };
const elements = xHat.data.length;
const window: Window = {
  frames: { from: 0, to: frames },
  rows: { from: 0, to: height },
  columns: { from: 0, to: width },
};
const writeXHat = (predictions: Predictions): void => {
  for (let frame = 0; frame < frames; frame++)
    writeGuidedXHat(xHat, zT, { predictions, from, limit: 1 }, { frame, core: window, shown: window });
};
const stream = noiseStream(5, 'bench', 'sampler', 3);
const rgb = pixelsTo8Bit(xHat);

const loops: Record<string, () => unknown> = {
  'noise, generated and added': () => addNoise(xHat, window.frames, 1e-3, stream),
  'x̂ from one prediction, checked and clipped': () => writeXHat([{ ...conditional, share: 1 }, undefined]),
  'x̂ from two predictions, guided, checked and clipped': () =>
    writeXHat([
      { ...conditional, share: 3 },
      { ...unconditional, share: -2 },
    ]),
  'dynamic threshold, applied': () => clipTo(1.5, xHat.data),
  'DDIM update': () => mixLatents(xHat, zT, undefined, { zT: 0.7, zHat: 0, xHat: 0.3, noise: 0 }),
  'quantile, both sights': () => {
    const histogram = new MagnitudeHistogram();
    histogram.count(xHat.data);
    const search = histogram.search(0.95);
    search.count(xHat.data);
    search.value();
  },
  'to 8 bits': () => pixelsTo8Bit(xHat),
  'from 8 bits': () => pixelsFrom8Bit(rgb, frames, height, width),
  'preview, thinned to 96 × 160': () => resize(xHat, 96, 160),
};

process.stdout.write(`${frames} frames of ${height} × ${width}, best of ${rounds}\n`);
for (const [name, loop] of Object.entries(loops)) {
  const time = nanosecondsPerElement(elements, loop).toFixed(1);
  process.stdout.write(`${time.padStart(6)} ns an element  ${name}\n`);
}
