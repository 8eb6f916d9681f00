import { describe, expect, it } from 'vitest';
import { planCascade } from '#engine/plan-cascade';
import { mebibyte } from '#shared/units';
import { homeForEachTest, ofKind, testLadder, testPack, testRequest, testShot } from './jobs.test-support';
import { leastMemory, memoryNeed } from './memory-need';

const ladder = testLadder();
const home = homeForEachTest();

describe('failures of a stage', () => {
  const stage = ladder[2]!;

  it('a crash is survived: it goes on from the checkpoint, and says so', async () => {
    const { run, inference } = await home.openJobs();
    inference.faults.push({ stage, code: 'inference-crashed', afterSteps: 3 });
    const { events } = await run();
    expect(ofKind(events, 'retrying')).toMatchObject([{ stage, code: 'inference-crashed' }]);
    const starts = ofKind(events, 'stage-started').filter((event) => event.stage === stage);
    expect(starts.map((event) => event.resumedAtStep)).toEqual([0, 3]);
    expect(inference.runs.map((request) => request.memoryBytes)).toContain(1024 * mebibyte);
  });

  it('crashes without end are not', async () => {
    const { run, inference } = await home.openJobs();
    for (let i = 0; i < 9; i += 1) inference.faults.push({ stage, code: 'inference-crashed', afterSteps: 1 });
    await expect(run()).rejects.toMatchObject({ code: 'inference-crashed' });
    expect(inference.stagesRun.filter((id) => id === stage)).toHaveLength(3);
  });

  it('too little memory is tried with half, down to the least', async () => {
    const { run, inference } = await home.openJobs();
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
    const { run, inference } = await home.openJobs();
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
    const { run, inference } = await home.openJobs();
    await expect(run({ ...testRequest(), provider: 'webgpu' })).rejects.toMatchObject({ code: 'provider-unavailable' });
    expect(inference.runs).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('a full disk ends the job with its remedy, and loses nothing', async () => {
    const { run, inference } = await home.openJobs();
    inference.fullAt = stage;
    await expect(run()).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringContaining('Free some space') as string,
    });
    expect((await home.namesIn('artifacts')).filter((name) => name.endsWith('.partial'))).toEqual([]);
    inference.fullAt = undefined;
    inference.runs.length = 0;
    const { events } = await run();
    expect(inference.stagesRun).toEqual(ladder.slice(2));
    expect(ofKind(events, 'stage-started')[0]?.resumedAtStep).toBe(8);
  });

  it('numbers that are not finite end the job, and neither artifact nor checkpoint is kept of the stage', async () => {
    const { run, inference } = await home.openJobs();
    inference.faults.push({ stage, code: 'network-not-finite', afterSteps: 2 });
    await expect(run()).rejects.toMatchObject({ code: 'network-not-finite' });
    expect(await home.namesIn('checkpoints')).toEqual([]);
    inference.runs.length = 0;
    await run();
    expect(inference.stagesRun).toEqual(ladder.slice(2));
  });
});
