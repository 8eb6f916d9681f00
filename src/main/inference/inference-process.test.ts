import { access } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { isCancellation } from '#shared/errors';
import type { StageEvent, StagePreparation, StageRunRequest } from '#shared/inference-contract';
import { stageRequest, temporaryDirectory } from '../../inference/test-pack.test-support';
import {
  events,
  framesSha256,
  isAlive,
  longRun,
  mostSteps,
  never,
  service,
  untilGone,
} from './inference-process.test-support';

async function isWhole(file: string): Promise<boolean> {
  return framesSha256(file).then(
    () => true,
    () => false,
  );
}

function preparation(request: StageRunRequest): StagePreparation {
  const { packDirectory, manifest, stage, provider, memoryBytes, threads } = request;
  return { packDirectory, manifest, stage, provider, memoryBytes, threads };
}

describe('a stage in the inference process', () => {
  test('gives its events and a whole frame file; the process stays for the next stage', async () => {
    const { inference, pids } = service();
    const directory = await temporaryDirectory();
    const base = stageRequest('base', directory);
    const seen = await events(inference, base);
    expect(seen[0]).toMatchObject({ kind: 'loaded', resumedAtStep: 0 });
    expect(seen.at(-1)).toMatchObject({ kind: 'finished' });
    expect(seen.some((event) => event.kind === 'preview' && event.preview.rgb.length > 0)).toBe(true);
    await events(inference, stageRequest('tsr-6', directory, { inputPath: base.outputPath }));
    expect(await framesSha256(path.join(directory, 'tsr-6.frames'))).toMatch(/^[0-9a-f]{64}$/);
    expect(pids).toHaveLength(1);
  });

  test('stages asked for at once run one after another', async () => {
    const { inference, pids } = service();
    const requests = await Promise.all(
      [1, 2, 3].map(async (seed) => stageRequest('base', await temporaryDirectory(), { seed })),
    );
    const runs = await Promise.all(requests.map((request) => events(inference, request)));
    expect(runs.map((run) => run.at(-1)?.kind)).toEqual(['finished', 'finished', 'finished']);
    expect(pids).toHaveLength(1);
  });

  test('its errors arrive with code and cause, and leave the process alive', async () => {
    const { inference, pids } = service();
    const request = stageRequest('base', await temporaryDirectory());
    const spoilt = { ...request, packDirectory: '/nowhere' };
    await expect(events(inference, spoilt)).rejects.toMatchObject({
      code: 'pack-invalid',
      cause: { code: 'internal' },
    });
    await events(inference, request);
    expect(pids).toHaveLength(1);
  });

  test('a process without work is ended after a while; the next stage gets another', async () => {
    const { inference, pids } = service({ idleMs: 100 });
    await events(inference, stageRequest('base', await temporaryDirectory()));
    await untilGone(pids[0]!);
    await events(inference, stageRequest('base', await temporaryDirectory()));
    expect(pids).toHaveLength(2);
  });

  test('what is prepared is loaded in the process that runs it, and is given back after a while', async () => {
    const { inference, pids } = service({ idleMs: 2000 });
    const request = stageRequest('base', await temporaryDirectory());
    await inference.prepareStage(preparation(request));
    await events(inference, request);
    expect(pids).toHaveLength(1);
    await inference.prepareStage(preparation(request));
    await untilGone(pids[0]!);
  });

  test('nothing is prepared beside a stage that runs; what cannot be prepared is told', async () => {
    const { inference, pids } = service();
    const request = stageRequest('base', await temporaryDirectory());
    // Not loaded yet, and not there to be loaded.
    const other = preparation(stageRequest('tsr-6', await temporaryDirectory()));
    const lost = { ...other, packDirectory: '/nowhere' };
    const run = inference.runStage(request, never);
    await run.next();
    await inference.prepareStage(lost);
    while ((await run.next()).done !== true);
    const told = (): Promise<unknown> => inference.prepareStage(lost).catch((error: unknown) => error);
    await expect.poll(told, { timeout: 60_000 }).toMatchObject({ code: 'pack-invalid' });
    expect(pids).toHaveLength(1);
  });

  test('previews that nobody reads do not hold the stage up', async () => {
    const { inference } = service();
    const request = await longRun();
    let previews = 0;
    let last: StageEvent | undefined;
    for await (const event of inference.runStage(request, never)) {
      // Reads on only when the stage has finished behind its back.
      if (event.kind === 'preview' && (previews += 1) === 1)
        while (!(await isWhole(request.outputPath))) await sleep(10);
      last = event;
    }
    expect(last?.kind).toBe('finished');
    expect(previews).toBeLessThan(request.parameters.steps / 2);
  });
});

describe('cancelling', () => {
  test('in the middle of a stage is acknowledged at once; the same process takes the next stage', async () => {
    const { inference, pids } = service({ graceMs: 600_000 });
    const request = await longRun(mostSteps);
    const abort = new AbortController();
    const reading = (async () => {
      for await (const event of inference.runStage(request, abort.signal))
        if (event.kind === 'progress') setTimeout(() => abort.abort(), 0);
    })();
    await expect(reading).rejects.toSatisfy(isCancellation);
    await events(inference, stageRequest('base', await temporaryDirectory()));
    expect(pids).toHaveLength(1);
    await expect(access(request.outputPath)).rejects.toThrow('ENOENT');
  });

  test('a process that does not let go is killed after the grace period; the next stage gets another', async () => {
    const { inference, pids } = service({ graceMs: 200 });
    const request = await longRun(mostSteps);
    const abort = new AbortController();
    const reading = (async () => {
      for await (const event of inference.runStage(request, abort.signal))
        if (event.kind === 'progress' && !abort.signal.aborted) {
          process.kill(pids[0]!, 'SIGSTOP');
          abort.abort();
        }
    })();
    await expect(reading).rejects.toSatisfy(isCancellation);
    await untilGone(pids[0]!);
    await events(inference, stageRequest('base', await temporaryDirectory()));
    expect(pids).toHaveLength(2);
    await expect(access(request.outputPath)).rejects.toThrow('ENOENT');
  });

  test('is acknowledged while the process does not answer', async () => {
    const { inference, pids } = service({ graceMs: 600_000 });
    const abort = new AbortController();
    const reading = (async () => {
      for await (const event of inference.runStage(await longRun(mostSteps), abort.signal)) {
        if (event.kind !== 'progress') continue;
        process.kill(pids[0]!, 'SIGSTOP');
        abort.abort();
      }
    })();
    await expect(reading).rejects.toSatisfy(isCancellation);
    expect(isAlive(pids[0]!)).toBe(true);
  });

  test('before its turn gives the place up', async () => {
    const { inference } = service();
    const abort = new AbortController();
    const first = events(inference, await longRun());
    const second = inference
      .runStage(await longRun(), abort.signal)
      [Symbol.asyncIterator]()
      .next();
    const third = events(inference, stageRequest('base', await temporaryDirectory()));
    abort.abort();
    await expect(second).rejects.toSatisfy(isCancellation);
    expect((await first).at(-1)?.kind).toBe('finished');
    expect((await third).at(-1)?.kind).toBe('finished');
  });

  test('closing ends everything', async () => {
    const { inference, pids } = service();
    const run = events(inference, await longRun());
    const rejection = expect(run).rejects.toSatisfy(isCancellation);
    while (pids.length === 0) await sleep(5);
    await inference.close();
    await rejection;
    expect(isAlive(pids[0]!)).toBe(false);
    await expect(events(inference, await longRun())).rejects.toSatisfy(isCancellation);
  });
});
