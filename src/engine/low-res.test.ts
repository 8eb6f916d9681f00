import { expect, test } from 'vitest';
import { mebibyte } from '#shared/units';
import { stageRun, stageSpec } from './analytic-stage.test-port';
import { framesOf } from './clip';
import type { FrameSource, StageNetwork } from './denoiser';
import { keptBytes, openLowRes } from './low-res';

const size = 96;
const frameBytes = size * size * 3;
const spec = stageSpec({
  kind: 'tsr',
  output: { frames: 4096, height: size, width: size, fps: 24 },
  lowRes: { resize: 'graph', temporal: 'repeat', augmentation: { logSnrMin: -2, logSnrMax: 12, default: 4 } },
});
const network: StageNetwork = { evaluate: () => Promise.reject(new Error('not evaluated here')) };

/** A clip too long to be kept in memory, drawn as it is read. */
function longSource(): FrameSource & { readonly reads: [number, number][] } {
  const reads: [number, number][] = [];
  return {
    frames: 2048,
    height: size,
    width: size,
    reads,
    read(from, to) {
      reads.push([from, to]);
      const first = from * frameBytes;
      return Promise.resolve(
        Uint8Array.from({ length: (to - from) * frameBytes }, (_, i) => Math.imul(first + i, 2654435761) >>> 24),
      );
    },
  };
}

test('a long input is read as it is needed, and a frame is the same with any neighbours', async () => {
  const source = longSource();
  const lowRes = openLowRes(stageRun({ spec, network, input: source }))!;
  const many = await lowRes.read({ from: 996, to: 1010 });
  const few = await lowRes.read({ from: 1001, to: 1006 });
  expect(source.reads).toEqual([
    [498, 505],
    [500, 503],
  ]);
  expect(sameBytes(few.clip.data, framesOf(many.clip, 5, 10).data)).toBe(true);
  expect([...few.known]).toEqual([0, 1, 0, 1, 0]);
  expect(lowRes.logSnr).toBe(4);
});

test('a short input is read and made noisy where it is needed first, and once', async () => {
  const source = { ...longSource(), frames: 8 };
  const short = { ...spec, output: { ...spec.output, frames: 16 } };
  const lowRes = openLowRes(stageRun({ spec: short, network, input: source }))!;
  const part = await lowRes.read({ from: 5, to: 9 });
  const kept = part.clip.data.slice();
  const whole = await lowRes.read({ from: 0, to: 16 });
  await lowRes.read({ from: 2, to: 14 });
  expect(source.reads).toEqual([
    [2, 5],
    [0, 2],
    [5, 8],
  ]);
  expect(sameBytes(kept, framesOf(whole.clip, 5, 9).data)).toBe(true);
});

test('what is kept is counted: the input of the last stage is, a clip at its output size is not', () => {
  expect(keptBytes({ frames: 128, height: 192, width: 320 })).toBe(90 * mebibyte);
  expect(keptBytes({ frames: 128, height: 768, width: 1280 })).toBe(0);
});

test('a stage that enlarges cannot start without a clip', () => {
  expect(() => openLowRes(stageRun({ spec, network }))).toThrow(expect.objectContaining({ code: 'internal' }));
});

/** As one question: a difference between long arrays takes minutes to print. */
function sameBytes(a: Float32Array, b: Float32Array): boolean {
  const [left, right] = [a, b].map((values) => Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  return left!.equals(right!);
}
