/**
 * Same seed, same bytes, however a stage is cut: stages whose windows have halos or carry states, on the real runtime, in the fewest
 * windows and in the smallest. Frames are wider and more than the test pack's own, which its halos would cover in every tile.
 */
import path from 'node:path';
import { expect, test } from 'vitest';
import { planCascade } from '#engine/plan-cascade';
import { planMemory } from '#engine/plan-memory';
import { graphBytes, processBytes } from '#engine/process-memory';
import { openFrameFile } from '#frames/reader';
import { createFrameFile } from '#frames/writer';
import type { StageRunRequest } from '#shared/inference-contract';
import { plainShot } from '#shared/shot';
import { mebibyte } from '#shared/units';
import { runStage } from './run-stage';
import { SessionPool } from './session';
import { StageTexts } from './stage-texts';
import { stageRequest, temporaryDirectory, testPack } from './test-pack.test-support';

const never = new AbortController().signal;

/** A request for the stage `id` with `longer` times as many frames, `wider` times as wide, on an input that is as good as noise. */
async function enlarged(id: string, longer: number, wider: number): Promise<StageRunRequest> {
  const { manifest } = testPack();
  const index = manifest.stages.findIndex((stage) => stage.id === id);
  const stages = manifest.stages.map((stage, at) => {
    const { frames, width, ...shape } = stage.output;
    const isWider = at === index || at === index - 1;
    return { ...stage, output: { ...shape, frames: frames * longer, width: width * (isWider ? wider : 1) } };
  });
  const input = stages[index - 1]!.output;
  const directory = await temporaryDirectory();
  const inputPath = path.join(directory, 'input.frames');
  const writer = await createFrameFile(inputPath, input);
  const noisy = Uint8Array.from(
    { length: 3 * input.frames * input.height * input.width },
    (_, i) => (i * i * 7919) >> 5,
  );
  await writer.write(noisy);
  await writer.finish();
  const partOfFrame = Array.from({ length: stages[index]!.output.frames }, () => 0);
  return stageRequest(id, directory, { manifest: { ...manifest, stages }, inputPath, partOfFrame });
}

async function run(request: StageRunRequest, changes: Partial<StageRunRequest>) {
  const pool = new SessionPool();
  const name = `${String(changes.memoryBytes)}-${String(changes.threads)}`;
  const [outputPath, checkpointDirectory] = ['frames', 'checkpoint'].map(
    (end) => `${request.outputPath}-${name}.${end}`,
  );
  const own = { ...request, ...changes, outputPath: outputPath!, checkpointDirectory: checkpointDirectory! };
  try {
    let evaluations = 0;
    for await (const event of runStage(own, { pool, texts: new StageTexts(pool) }, never))
      if (event.kind === 'finished') evaluations = event.evaluations;
    const file = await openFrameFile(own.outputPath);
    const frames = await file.read(0, file.frames);
    await file.close();
    return { evaluations, frames };
  } finally {
    await pool.release();
  }
}

interface Cuts {
  readonly memoryBytes: number;
  readonly windows: number;
}

/** Memory settings with which frames are cut into several runs, and each of these into several tiles; the largest windows first. */
function severalCuts({ manifest, stage, prompts, seed }: StageRunRequest): readonly Cuts[] {
  const planned = planCascade(manifest, plainShot(prompts[0]!, seed)).stages.find(({ id }) => id === stage)!;
  const bytesOf = (graph: string) => manifest.files.find((file) => file.path === graph)!.sizeBytes;
  // The text encoder stays loaded beside a small stage.
  const encoder = graphBytes(bytesOf(manifest.text.graph));
  const cuts = new Map<number, Cuts>();
  for (let extra = 120 * mebibyte; extra > 0; extra -= mebibyte / 4) {
    const least = processBytes + extra;
    try {
      const { windows, bytes } = planMemory(planned, bytesOf(planned.spec.graph), least);
      const count = windows.runs.length * windows.tiles.length;
      if (windows.runs.length > 1 && windows.tiles.length > 1)
        cuts.set(count, { memoryBytes: Math.ceil(bytes + encoder) + 1, windows: count });
    } catch {
      break;
    }
  }
  return [...cuts.values()];
}

function difference(a: Uint8Array, b: Uint8Array) {
  const distances = a.map((value, i) => Math.abs(value - (b[i] ?? NaN)));
  return {
    length: b.length,
    differing: distances.filter((each) => each > 0).length,
    most: distances.reduce((m, d) => Math.max(m, d), 0),
  };
}

test.each([
  ['ssr-192', 'halos in time and space, two predictions each', 2, 6],
  ['tsr-12', 'halos in time and space, more frames than its input', 1, 4],
  ['ssr-768', 'states carried from frame to frame', 1, 4],
])('%s (%s) gives the same bytes in several runs and tiles as whole', async (id, _, longer, wider) => {
  const request = await enlarged(id, longer, wider);
  const whole = await run(request, { memoryBytes: 4096 * mebibyte, threads: 1 });
  const cuts = severalCuts(request);
  expect(cuts).not.toEqual([]);
  for (const [i, { memoryBytes, windows }] of cuts.slice(0, 2).entries()) {
    const cut = await run(request, { memoryBytes, threads: 1 + i });
    expect(cut.evaluations).toBe(whole.evaluations * windows);
    expect(difference(cut.frames, whole.frames), `${windows} windows`).toEqual({
      length: whole.frames.length,
      differing: 0,
      most: 0,
    });
  }
});
