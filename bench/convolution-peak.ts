/** What this machine's convolutions can reach: the yardstick for every stage's effective speed. */
import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const frames = 8;
const channels = 64;
const height = 96;
const width = 160;
const flops = 2 * 9 * channels * channels * frames * height * width;

/** Enough for one to be left alone by whatever else the machine does. */
const rounds = 20;

/** GFLOP/s of a 3×3 convolution of 64 channels on eight grids of 96 × 160 (the last stage's), the fastest of twenty. */
export async function convolutionPeak(threads: number): Promise<number> {
  const session = await InferenceSession.create(await readFile('bench/convolution.onnx'), {
    intraOpNumThreads: threads,
    enableMemPattern: false,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const x = new Tensor('float32', new Float32Array(frames * channels * height * width).fill(0.1), [
    frames,
    channels,
    height,
    width,
  ]);
  let fastestSec = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await session.run({ x });
    fastestSec = Math.min(fastestSec, (performance.now() - start) / 1000);
  }
  await session.release();
  return flops / fastestSec / 1e9;
}
