import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { planCascade } from '#engine/plan-cascade';
import { openFrameFile } from '#frames/reader';
import { isCancellation } from '#shared/errors';
import { recipeSchema } from '#shared/recipe';
import { mebibyte, sha256Schema } from '#shared/units';
import {
  Moment,
  ofKind,
  openTestJobs,
  temporaryFolder,
  testPack,
  testRequest,
  testShot,
  untilCancelled,
} from './jobs.test-support';
import { leastMemory, memoryNeed } from './memory-need';

const ladder = testPack().manifest.stages.map((stage) => stage.id);
const lastStage = ladder.at(-1)!;
const lastChanged = { [lastStage]: { thresholding: { kind: 'none' } } };

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

async function namesIn(part: string): Promise<string[]> {
  return readdir(path.join(folder, part), { recursive: true }).catch(() => []);
}

describe('a cascade job', () => {
  it('makes every stage of the ladder once, in order, and writes the recipe', async () => {
    const { run, inference } = await openTestJobs(folder);
    const { result, events } = await run();
    expect(inference.stagesRun).toEqual(ladder);
    expect(ofKind(events, 'planned')).toMatchObject([{ reused: [], remainingSec: undefined }]);
    expect(ofKind(events, 'stage-finished').map(({ stage, reused }) => [stage, reused])).toEqual(
      ladder.map((stage) => [stage, false]),
    );
    const recipe = recipeSchema.parse(JSON.parse(JSON.stringify(result.recipe)));
    expect(recipe.madeBy).toEqual({ sluice: '1.2.3', onnxruntime: '4.5.6', provider: 'cpu' });
    const reader = await openFrameFile(result.outputPath);
    expect(recipe.stages.at(-1)).toMatchObject({
      id: lastStage,
      key: result.outputKey,
      framesSha256: reader.framesSha256,
    });
    await reader.close();
    expect(await namesIn('checkpoints')).toEqual([]);
    expect((await namesIn('artifacts')).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('gives each stage the frame file of the one before', async () => {
    const { run, inference, jobs } = await openTestJobs(folder);
    const { result } = await run();
    const paths = result.recipe.stages.map(({ key }) => jobs.artifacts.files.frames(key));
    expect(inference.runs.map((request) => request.inputPath)).toEqual([undefined, ...paths.slice(0, -1)]);
  });

  it('reuses everything the second time, also after a restart, without asking for a provider', async () => {
    const first = await openTestJobs(folder);
    const before = await first.run();
    await first.close();
    const second = await openTestJobs(folder);
    const { result, events } = await second.run();
    expect(second.inference.runs).toEqual([]);
    expect(second.inference.probes).toEqual([]);
    expect(ofKind(events, 'planned')[0]?.reused).toEqual(ladder);
    expect(ofKind(events, 'planned')[0]?.remainingSec).toBe(0);
    expect(result).toEqual(before.result);
  });

  it('makes the last stage alone when only its parameters changed, also after a restart', async () => {
    const first = await openTestJobs(folder);
    const before = await first.run();
    await first.close();
    const second = await openTestJobs(folder);
    const { result, events } = await second.run(testRequest(testShot({ stages: lastChanged })));
    expect(second.inference.stagesRun).toEqual([lastStage]);
    expect(ofKind(events, 'planned')[0]?.reused).toEqual(ladder.slice(0, -1));
    expect(result.outputKey).not.toBe(before.result.outputKey);
  });

  it('makes a changed stage and those after it again', async () => {
    const { run, inference } = await openTestJobs(folder);
    await run();
    inference.runs.length = 0;
    await run(testRequest(testShot({ stages: { [ladder[3]!]: { seed: 8 } } })));
    expect(inference.stagesRun).toEqual(ladder.slice(3));
  });

  it('stops and starts where the shot says', async () => {
    const { run, inference, jobs } = await openTestJobs(folder);
    const { result } = await run(testRequest(testShot({ stopAt: ladder[2] })));
    expect(inference.stagesRun).toEqual(ladder.slice(0, 3));
    const reader = await openFrameFile(result.outputPath);
    const source = await jobs.artifacts.import(reader, new AbortController().signal);
    await reader.close();
    inference.runs.length = 0;
    await run(testRequest(testShot({ startFrom: { stage: ladder[2], source } })));
    expect(inference.stagesRun).toEqual(ladder.slice(3));
    expect(inference.runs[0]?.inputPath).toBe(jobs.artifacts.files.frames(source.sha256));
  });

  it('waits for imported frames that another process has taken aside, to remove them unless somebody needs them', async () => {
    const { run, jobs, inference } = await openTestJobs(folder);
    const { result } = await run(testRequest(testShot({ stopAt: ladder[2] })));
    const reader = await openFrameFile(result.outputPath);
    const source = await jobs.artifacts.import(reader, new AbortController().signal);
    await reader.close();
    const other = (await openTestJobs(folder)).jobs.artifacts;
    const lock = await other.lock(source.sha256, new AbortController().signal);
    const aside = other.files.removing(source.sha256, other.locks.presence.id);
    await rename(other.files.metadata(source.sha256), aside);
    const waited: string[] = [];
    inference.runs.length = 0;
    await run(testRequest(testShot({ startFrom: { stage: ladder[2], source } })), undefined, (event) => {
      if (event.kind !== 'waiting') return;
      waited.push(event.stage);
      void rename(aside, other.files.metadata(source.sha256)).then(() => lock.release());
    });
    expect(waited).toEqual([ladder[3]]);
    expect(inference.stagesRun).toEqual(ladder.slice(3));
  });

  it('says which imported frames nobody has', async () => {
    const { run } = await openTestJobs(folder);
    const { frames, height, width } = testPack().manifest.stages[2]!.output;
    const source = { sha256: sha256Schema.parse('e'.repeat(64)), frames, height, width };
    const running = run(testRequest(testShot({ startFrom: { stage: ladder[2], source } })));
    await expect(running).rejects.toMatchObject({ code: 'artifact-missing', details: { key: source.sha256 } });
  });
});

describe('damage', () => {
  it('of a reused stage is noticed when it is read, and only that stage is made again', async () => {
    const { run, inference, notices, jobs } = await openTestJobs(folder);
    const { result } = await run();
    const file = jobs.artifacts.files.frames(result.recipe.stages[4]!.key);
    const bytes = await readFile(file);
    bytes[50] = (bytes[50] ?? 0) ^ 1;
    await writeFile(file, bytes);
    inference.runs.length = 0;
    const again = await run(testRequest(testShot({ stages: { [ladder[5]!]: { seed: 9 } } })));
    expect(inference.stagesRun).toEqual([ladder[5], ladder[4], ladder[5], ladder[6]]);
    expect(notices).toHaveLength(1);
    expect(again.result.recipe.stages[4]).toEqual(result.recipe.stages[4]);
  });

  it('of the result is noticed though nothing has to be made', async () => {
    const { run, inference, jobs } = await openTestJobs(folder);
    const { result } = await run();
    const file = jobs.artifacts.files.frames(result.outputKey);
    const bytes = await readFile(file);
    bytes[50] = (bytes[50] ?? 0) ^ 1;
    await writeFile(file, bytes);
    inference.runs.length = 0;
    expect((await run()).result).toEqual(result);
    expect(inference.stagesRun).toEqual([lastStage]);
  });
});

describe('failures of a stage', () => {
  const stage = ladder[2]!;

  it('a crash is survived: it goes on from the checkpoint, and says so', async () => {
    const { run, inference } = await openTestJobs(folder);
    inference.faults.push({ stage, code: 'inference-crashed', afterSteps: 3 });
    const { events } = await run();
    expect(ofKind(events, 'retrying')).toMatchObject([{ stage, code: 'inference-crashed' }]);
    const starts = ofKind(events, 'stage-started').filter((event) => event.stage === stage);
    expect(starts.map((event) => event.resumedAtStep)).toEqual([0, 3]);
    expect(inference.runs.map((request) => request.memoryBytes)).toContain(1024 * mebibyte);
  });

  it('crashes without end are not', async () => {
    const { run, inference } = await openTestJobs(folder);
    for (let i = 0; i < 9; i += 1) inference.faults.push({ stage, code: 'inference-crashed', afterSteps: 1 });
    await expect(run()).rejects.toMatchObject({ code: 'inference-crashed' });
    expect(inference.stagesRun.filter((id) => id === stage)).toHaveLength(3);
  });

  it('too little memory is tried with half, down to the least', async () => {
    const { run, inference } = await openTestJobs(folder);
    for (let i = 0; i < 9; i += 1) inference.faults.push({ stage, code: 'out-of-memory', afterSteps: 0 });
    await expect(run()).rejects.toMatchObject({ code: 'out-of-memory' });
    const memory = inference.runs.filter((request) => request.stage === stage).map((request) => request.memoryBytes);
    const { manifest } = testPack();
    const planned = planCascade(manifest, testShot()).stages.find(({ id }) => id === stage)!;
    const least = leastMemory(manifest, planned);
    expect(memory).toEqual([1024 * mebibyte, 512 * mebibyte, 256 * mebibyte, least]);
    expect(memoryNeed(manifest, planned, least).windows).toBeGreaterThan(0);
    expect(memoryNeed(manifest, planned, least - 1).windows).toBeUndefined();
  });

  it('a provider that is lost is replaced visibly, recorded, and tested anew by the next job', async () => {
    const { run, inference } = await openTestJobs(folder);
    const gpu = 'webgpu';
    inference.unusable.delete(gpu);
    inference.faults.push({ stage, code: 'provider-unavailable', afterSteps: 2 });
    const { result, events } = await run();
    expect(ofKind(events, 'provider').map((event) => event.provider)).toEqual([gpu, 'cpu']);
    expect(ofKind(events, 'provider')[1]?.rejected).toContainEqual({ provider: gpu, reason: 'as the test said' });
    expect(result.recipe.stages.map((made) => made.provider)).toEqual(ladder.map((_, i) => (i < 2 ? gpu : 'cpu')));
    const starts = ofKind(events, 'stage-started').filter((event) => event.stage === stage);
    expect(starts.map((event) => event.resumedAtStep)).toEqual([0, 0]);
    const probes = inference.probes.filter((request) => request.provider === gpu).length;
    await run(testRequest(testShot({ seed: 99 })));
    expect(inference.probes.filter((request) => request.provider === gpu)).toHaveLength(probes + 1);
  });

  it('a provider that a person asked for is not replaced', async () => {
    const { run, inference } = await openTestJobs(folder);
    await expect(run({ ...testRequest(), provider: 'webgpu' })).rejects.toMatchObject({ code: 'provider-unavailable' });
    expect(inference.runs).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('a full disk ends the job with its remedy, and loses nothing', async () => {
    const { run, inference } = await openTestJobs(folder);
    inference.fullAt = stage;
    await expect(run()).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining('Free some space') as string,
    });
    expect((await namesIn('artifacts')).filter((name) => name.endsWith('.partial'))).toEqual([]);
    inference.fullAt = undefined;
    inference.runs.length = 0;
    const { events } = await run();
    expect(inference.stagesRun).toEqual(ladder.slice(2));
    expect(ofKind(events, 'stage-started')[0]?.resumedAtStep).toBe(8);
  });

  it('numbers that are not finite end the job, and neither artifact nor checkpoint is kept of the stage', async () => {
    const { run, inference } = await openTestJobs(folder);
    inference.faults.push({ stage, code: 'network-not-finite', afterSteps: 2 });
    await expect(run()).rejects.toMatchObject({ code: 'network-not-finite' });
    expect(await namesIn('checkpoints')).toEqual([]);
    inference.runs.length = 0;
    await run();
    expect(inference.stagesRun).toEqual(ladder.slice(2));
  });
});

describe('cancelling', () => {
  it('is acknowledged in the middle of a step, frees the locks, keeps the checkpoint and the finished stages', async () => {
    const { run, inference, jobs } = await openTestJobs(folder);
    const controller = new AbortController();
    inference.beforeStep = async (stage, step, signal) => {
      if (stage !== ladder[2] || step !== 2) return;
      setImmediate(() => controller.abort());
      await untilCancelled(signal);
    };
    await expect(run(testRequest(), controller.signal)).rejects.toSatisfy(isCancellation);
    expect(await namesIn('locks')).toEqual([]);
    expect((await namesIn('artifacts')).filter((name) => name.endsWith('.partial'))).toEqual([]);
    expect(await readdir(path.join(folder, 'checkpoints'))).toHaveLength(1);
    inference.beforeStep = () => Promise.resolve();
    inference.runs.length = 0;
    const { events } = await run();
    expect(inference.stagesRun).toEqual(ladder.slice(2));
    expect(ofKind(events, 'stage-started')[0]?.resumedAtStep).toBe(2);
    await jobs.close();
  });

  it('before the start starts nothing', async () => {
    const { run, inference } = await openTestJobs(folder);
    await expect(run(testRequest(), AbortSignal.abort())).rejects.toSatisfy(isCancellation);
    expect(inference.runs).toEqual([]);
  });
});

describe('two jobs on one home', () => {
  it('make each stage once: the second waits, says so, and reuses', async () => {
    const [first, second] = [await openTestJobs(folder), await openTestJobs(folder)];
    // The first stands in the middle of its base until the second waits for it.
    const [firstRuns, secondWaits] = [new Moment(), new Moment()];
    first.inference.beforeStep = async (stage, step) => {
      if (stage !== ladder[0] || step !== 1) return;
      firstRuns.come();
      await secondWaits.reached;
    };
    const making = first.run();
    await firstRuns.reached;
    const reusing = second.run(testRequest(), undefined, ({ kind }) => {
      if (kind === 'waiting') secondWaits.come();
    });
    const [a, b] = await Promise.all([making, reusing]);
    const made = [...first.inference.stagesRun, ...second.inference.stagesRun];
    expect([...made].sort()).toEqual([...ladder].sort());
    expect(a.result).toEqual(b.result);
    expect(ofKind(b.events, 'waiting')[0]?.stage).toBe(ladder[0]);
  });

  it('one takes over when the other is cancelled', async () => {
    const [first, second] = [await openTestJobs(folder), await openTestJobs(folder)];
    const controller = new AbortController();
    const firstRuns = new Moment();
    first.inference.beforeStep = (_stage, _step, signal) => {
      firstRuns.come();
      return untilCancelled(signal);
    };
    const cancelled = first.run(testRequest(), controller.signal);
    cancelled.catch(() => undefined);
    await firstRuns.reached;
    await second.run(testRequest(), undefined, ({ kind }) => {
      if (kind !== 'waiting') return;
      expect(second.inference.runs).toEqual([]);
      controller.abort();
    });
    await expect(cancelled).rejects.toSatisfy(isCancellation);
    expect(second.inference.stagesRun).toEqual(ladder);
  });
});
