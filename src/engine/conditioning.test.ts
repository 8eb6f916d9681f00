import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { augment } from './augmentation';
import { framesOf } from './clip';
import { clipOf, clipShape, expectClose, numbers, readGolden } from './golden.test-port';
import { noiseStream } from './random';
import { inputFrames, knownFrames, spreadInTime } from './temporal-conditioning';

const golden = readGolden(
  'conditioning',
  z.object({
    seed: z.number(),
    stage: z.string(),
    shape: clipShape,
    clip: numbers,
    augmented: z.array(z.object({ logSnr: z.number(), values: numbers })),
    spread: z.array(
      z.object({ factor: z.number(), mode: z.enum(['repeat', 'blank']), frames: numbers, known: numbers }),
    ),
  }),
);
const noise = noiseStream(golden.seed, golden.stage, 'augmentation', 0);

test.each(golden.augmented)('noise augmentation at λ = $logSnr', ({ logSnr, values }) => {
  const clip = clipOf(golden.shape, golden.clip);
  augment(clip, 0, logSnr, noise);
  expectClose(clip.data, values);
});

test('a frame gets the same noise alone as among others', () => {
  const [together, alone] = [clipOf(golden.shape, golden.clip), clipOf(golden.shape, golden.clip)];
  augment(together, 0, 3, noise);
  augment(framesOf(alone, 1, 2), 1, 3, noise);
  expect(framesOf(alone, 1, 2).data).toEqual(framesOf(together, 1, 2).data);
});

test.each(golden.spread)('frames spread by $factor, $mode', ({ factor, mode, frames, known }) => {
  const range = { from: 0, to: golden.shape[0] * factor };
  const clip = clipOf(golden.shape, golden.clip);
  expectClose(spreadInTime(clip, range, factor, mode).data, frames, 1e-12);
  expect([...knownFrames(range, factor)]).toEqual(known);
});

test('any run of frames is spread as it is within the whole', () => {
  const clip = clipOf([6, 1, 1, 1], [1, 2, 3, 4, 5, 6]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.nat(), fc.nat(), (factor, a, b) => {
      const total = 6 * factor;
      const [from, to] = [a % total, 1 + (b % total)].sort((x, y) => x - y) as [number, number];
      fc.pre(from < to);
      const whole = spreadInTime(clip, { from: 0, to: total }, factor, 'blank');
      const needed = inputFrames({ from, to }, factor);
      const part = spreadInTime(framesOf(clip, needed.from, needed.to), { from, to }, factor, 'blank');
      expect(part.data).toEqual(framesOf(whole, from, to).data);
    }),
  );
});
