import { access } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { openFrameFile } from '#frames/reader';
import { isCancellation } from '#shared/errors';
import type { StageEvent, StageRunRequest } from '#shared/inference-contract';
import { runStage, type Resources } from './run-stage';
import { SessionPool } from './session';
import { StageTexts } from './stage-texts';
import { stageRequest, temporaryDirectory, testPack } from './test-pack.test-support';

const never = new AbortController().signal;
let resources: Resources;
beforeEach(() => {
  const pool = new SessionPool();
  resources = { pool, texts: new StageTexts(pool) };
  return () => pool.release();
});

async function run(request: StageRunRequest, signal = never): Promise<StageEvent[]> {
  const events: StageEvent[] = [];
  for await (const event of runStage(request, resources, signal)) events.push(event);
  return events;
}

/** Hash of the frames that `request` gives. */
async function framesOf(request: StageRunRequest): Promise<string> {
  await run(request);
  return framesIn(request);
}

async function framesIn(request: StageRunRequest): Promise<string> {
  const file = await openFrameFile(request.outputPath);
  await file.verify();
  await file.close();
  return file.framesSha256;
}

async function base(changes: Partial<StageRunRequest> = {}): Promise<StageRunRequest> {
  return stageRequest('base', await temporaryDirectory(), changes);
}

describe('a stage on the real runtime', () => {
  test('all seven stages of the test pack run one after another, each on the frames of the one before', async () => {
    const directory = await temporaryDirectory();
    let inputPath: string | undefined;
    for (const { id, output } of testPack().manifest.stages) {
      const request = stageRequest(id, directory, inputPath === undefined ? {} : { inputPath });
      const events = await run(request);
      expect(events[0]).toMatchObject({ kind: 'loaded', resumedAtStep: 0 });
      expect(events.filter(({ kind }) => kind === 'preview')).toHaveLength(request.parameters.steps);
      const finished = events.at(-1);
      expect(finished?.kind === 'finished' && finished.evaluations).toBeGreaterThanOrEqual(request.parameters.steps);
      const file = await openFrameFile(request.outputPath);
      expect(file).toMatchObject(output);
      await file.verify();
      await file.close();
      inputPath = request.outputPath;
    }
  });

  test('the same request gives the same frames; seed, prompt and negative prompt change them', async () => {
    const plain = await framesOf(await base());
    expect(await framesOf(await base())).toBe(plain);
    expect(await framesOf(await base({ threads: 2, memoryBytes: 2 ** 28, previewPixels: 0 }))).toBe(plain);
    expect(await framesOf(await base({ seed: 8 }))).not.toBe(plain);
    expect(await framesOf(await base({ prompts: ['a blue boat at night'] }))).not.toBe(plain);
    expect(await framesOf(await base({ negativePrompt: 'fog' }))).not.toBe(plain);
  });

  test('frames follow the prompt of their part', async () => {
    const [first, second] = ['a red balloon at night', 'a blue boat over sand dunes'];
    const parts = (partOfFrame: number[]) => base({ prompts: [first, second], partOfFrame });
    expect(await framesOf(await parts([0, 0, 0, 0]))).toBe(await framesOf(await base({ prompts: [first] })));
    expect(await framesOf(await parts([1, 1, 1, 1]))).toBe(await framesOf(await base({ prompts: [second] })));
    expect(await framesOf(await parts([0, 0, 1, 1]))).not.toBe(await framesOf(await parts([0, 0, 0, 0])));
  });

  test('given frames come out as they went in', async () => {
    const source = await base({ seed: 3 });
    const sourceFrames = await framesOf(source);
    const given = Array.from({ length: 4 }, (_, frame) => ({ frame, sourceFrame: frame, path: source.outputPath }));
    expect(await framesOf(await base({ given }))).toBe(sourceFrames);
  });

  test('a prompt longer than the encoder reads is truncated, with a warning', async () => {
    const long = 'a red balloon drifts left over snowy mountains at sunset '.repeat(8);
    const [warning] = await run(await base({ prompts: [long] }));
    expect(warning).toMatchObject({ kind: 'warning', code: 'prompt-truncated' });
    expect(warning?.kind === 'warning' && warning.message).toMatch(/has \d\d tokens; this pack reads 32/);
  });

  test('cancelled between two evaluations, it throws the cancellation and leaves no output', async () => {
    const request = await base();
    const abort = new AbortController();
    const cancelled = (async () => {
      for await (const event of runStage(request, resources, abort.signal))
        if (event.kind === 'progress' && event.step === 2) abort.abort();
    })();
    await expect(cancelled).rejects.toSatisfy(isCancellation);
    await expect(access(request.outputPath)).rejects.toThrow('ENOENT');
    const [loaded] = await run(request);
    expect(loaded?.kind === 'loaded' && loaded.resumedAtStep).toBeGreaterThan(0);
    expect(await framesIn(request)).toBe(await framesOf(await base()));
  });

  test.each<[string, Partial<StageRunRequest>]>([
    ['another seed', { seed: 8 }],
    ['another prompt', { prompts: ['a blue boat'] }],
    ['a negative prompt', { negativePrompt: 'fog' }],
  ])('a checkpoint of a run with %s is not resumed', async (_, changes) => {
    const request = await base();
    await run(request);
    const [loaded] = await run({ ...request, ...changes });
    expect(loaded).toMatchObject({ kind: 'loaded', resumedAtStep: 0 });
  });

  test.each<[string, Partial<StageRunRequest>]>([
    ['names a stage that is not there', { stage: 'base-2' as StageRunRequest['stage'] }],
    ['has prompts for too few frames', { partOfFrame: [0] }],
    ['has a frame without a prompt', { partOfFrame: [0, 0, 0, 1] }],
    ['has an input for a base', { inputPath: '/nowhere' }],
  ])('a request that %s is refused', async (_, changes) => {
    await expect(run(await base(changes))).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  test('too little memory for the smallest window is said in numbers', async () => {
    // The network alone takes more: what to raise it by must count that in.
    const error = await run(await base({ memoryBytes: 2 ** 20 })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'out-of-memory',
      message: expect.stringMatching(/Raise the memory setting by \d+ MiB/) as string,
    });
    const raisedBy = Number(/by (\d+) MiB/.exec((error as Error).message)?.[1]);
    const raised = 2 ** 20 + raisedBy * 2 ** 20;
    await expect(run(await base({ memoryBytes: raised - 2 * 2 ** 20 }))).rejects.toMatchObject({
      code: 'out-of-memory',
    });
    expect((await run(await base({ memoryBytes: raised }))).at(-1)?.kind).toBe('finished');
  });
});
