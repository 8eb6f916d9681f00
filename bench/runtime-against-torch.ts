/**
 * One evaluation of every stage on ONNX Runtime and on PyTorch, same architecture and shapes, in one run on one machine: only
 * the ratio means something. PyTorch is measured by `python -m video_diffusion.speed` in `models/`; where its virtual
 * environment is not installed, that column stays empty and says so.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { goldenCall } from '#inference/golden';
import type { PackOnDisk } from '#inference/pack-file';
import { SessionPool } from '#inference/session';
import { OrtStageNetwork } from '#inference/stage-network';
import type { StageSpec } from '#shared/pack-manifest';
import { median } from './statistics';

/** Enough for a steady time, few enough for the last stage's 11.8 MB a frame. */
const mostFrames = 8;
const rounds = 4;

export interface RuntimeSpeed {
  readonly stage: string;
  readonly frames: number;
  readonly runtimeSec: number;
  readonly eagerSec: number | undefined;
  /** Eager, with weights in the layout that CPUs like better. */
  readonly channelsLastSec: number | undefined;
  readonly compiledSec: number | undefined;
}

const torchSpeedSchema = z.array(
  z.strictObject({
    stage: z.string(),
    eagerSec: z.number(),
    channelsLastSec: z.number(),
    compiledSec: z.number().nullable(),
  }),
);

export async function runtimeAgainstTorch(
  pack: PackOnDisk,
  threads: number,
  compile: boolean,
): Promise<RuntimeSpeed[]> {
  const torch = await torchSpeeds(pack, threads, compile);
  const speeds: RuntimeSpeed[] = [];
  for (const spec of pack.manifest.stages) {
    const frames = framesOf(spec);
    const runtimeSec = await runtimeSeconds(pack, spec, frames, threads);
    const found = torch?.find(({ stage }) => stage === spec.id);
    speeds.push({
      stage: spec.id,
      frames,
      runtimeSec,
      eagerSec: found?.eagerSec,
      channelsLastSec: found?.channelsLastSec,
      compiledSec: found?.compiledSec ?? undefined,
    });
  }
  return speeds;
}

function framesOf(spec: StageSpec): number {
  return spec.window.kind === 'whole' ? spec.output.frames : Math.min(mostFrames, spec.output.frames);
}

async function runtimeSeconds(pack: PackOnDisk, spec: StageSpec, frames: number, threads: number): Promise<number> {
  const pool = new SessionPool();
  const memoryBytes = Number.MAX_SAFE_INTEGER;
  const { session } = await pool.acquire({
    pack,
    graph: spec.graph,
    provider: 'cpu',
    threads,
    memoryBytes,
    workingBytes: 0,
  });
  const { maxTokens, width } = pack.manifest.text;
  const text = {
    text: new Float32Array(maxTokens * width).fill(0.1),
    mask: new Float32Array(maxTokens).fill(1),
    prompts: 1,
  };
  const shape = { maxTokens, width };
  const network = new OrtStageNetwork(session, spec, { conditional: text, shape }, new AbortController().signal);
  const { height, width: columns } = spec.output;
  const call = goldenCall(pack.manifest, spec, {
    stage: spec.id,
    seed: 1,
    frames,
    height,
    width: columns,
    logSnr: 0,
    lowResLogSnr: 4,
    guidanceWeight: 1,
    promptOfFrame: new Array<number>(frames).fill(0),
    indices: [0],
    prediction: [0],
  });
  const seconds: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const before = network.runtimeSeconds;
    await network.evaluate(call);
    seconds.push(network.runtimeSeconds - before);
  }
  await pool.release();
  return median(seconds.slice(1));
}

async function torchSpeeds(
  pack: PackOnDisk,
  threads: number,
  compile: boolean,
): Promise<z.infer<typeof torchSpeedSchema> | undefined> {
  const models = path.resolve('models');
  const python = path.join(models, '.venv', 'bin', 'python');
  if (!existsSync(python)) return undefined;
  const frames = pack.manifest.stages.map((spec) => `${spec.id}=${framesOf(spec)}`);
  const { stdout } = await promisify(execFile)(
    python,
    [
      '-m',
      'video_diffusion.speed',
      '--pack',
      pack.manifest.name,
      '--threads',
      String(threads),
      '--rounds',
      String(rounds),
    ]
      .concat(compile ? ['--compile'] : [])
      .concat(frames),
    { cwd: models },
  );
  return torchSpeedSchema.parse(JSON.parse(stdout));
}
