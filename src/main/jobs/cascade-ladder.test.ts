import { readFile, rename, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openFrameFile } from '#frames/reader';
import { recipeSchema } from '#shared/recipe';
import { sha256Schema } from '#shared/units';
import { homeForEachTest, ofKind, testLadder, testPack, testRequest, testShot } from './jobs.test-support';

const ladder = testLadder();
const lastStage = ladder.at(-1)!;
const lastChanged = { [lastStage]: { thresholding: { kind: 'none' } } };
const home = homeForEachTest();

describe('a cascade job', () => {
  it('makes every stage of the ladder once, in order, and writes the recipe', async () => {
    const { run, inference } = await home.openJobs();
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
    expect(await home.namesIn('checkpoints')).toEqual([]);
    expect((await home.namesIn('artifacts')).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('gives each stage the frame file of the one before', async () => {
    const { run, inference, jobs } = await home.openJobs();
    const { result } = await run();
    const paths = result.recipe.stages.map(({ key }) => jobs.artifacts.files.frames(key));
    expect(inference.runs.map((request) => request.inputPath)).toEqual([undefined, ...paths.slice(0, -1)]);
  });

  it('reuses everything the second time, also after a restart, without asking for a provider', async () => {
    const first = await home.openJobs();
    const before = await first.run();
    await first.close();
    const second = await home.openJobs();
    const { result, events } = await second.run();
    expect(second.inference.runs).toEqual([]);
    expect(second.inference.probes).toEqual([]);
    expect(ofKind(events, 'planned')[0]?.reused).toEqual(ladder);
    expect(ofKind(events, 'planned')[0]?.remainingSec).toBe(0);
    expect(result).toEqual(before.result);
  });

  it('makes the last stage alone when only its parameters changed, also after a restart', async () => {
    const first = await home.openJobs();
    const before = await first.run();
    await first.close();
    const second = await home.openJobs();
    const { result, events } = await second.run(testRequest(testShot({ stages: lastChanged })));
    expect(second.inference.stagesRun).toEqual([lastStage]);
    expect(ofKind(events, 'planned')[0]?.reused).toEqual(ladder.slice(0, -1));
    expect(result.outputKey).not.toBe(before.result.outputKey);
  });

  it('makes a changed stage and those after it again', async () => {
    const { run, inference } = await home.openJobs();
    await run();
    inference.runs.length = 0;
    await run(testRequest(testShot({ stages: { [ladder[3]!]: { seed: 8 } } })));
    expect(inference.stagesRun).toEqual(ladder.slice(3));
  });

  it('stops and starts where the shot says', async () => {
    const { run, inference, jobs } = await home.openJobs();
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
    const { run, jobs, inference } = await home.openJobs();
    const { result } = await run(testRequest(testShot({ stopAt: ladder[2] })));
    const reader = await openFrameFile(result.outputPath);
    const source = await jobs.artifacts.import(reader, new AbortController().signal);
    await reader.close();
    const other = (await home.openJobs()).jobs.artifacts;
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
    const { run } = await home.openJobs();
    const { frames, height, width } = testPack().manifest.stages[2]!.output;
    const source = { sha256: sha256Schema.parse('e'.repeat(64)), frames, height, width };
    const running = run(testRequest(testShot({ startFrom: { stage: ladder[2], source } })));
    await expect(running).rejects.toMatchObject({ code: 'artifact-missing', details: { key: source.sha256 } });
  });
});

describe('damage', () => {
  it('of a reused stage is noticed when it is read, and only that stage is made again', async () => {
    const { run, inference, notices, jobs } = await home.openJobs();
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
    const { run, inference, jobs } = await home.openJobs();
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
