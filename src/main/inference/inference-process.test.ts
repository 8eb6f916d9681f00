import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { isCancellation } from '#shared/errors';
import type { StageEvent } from '#shared/inference-contract';
import { stageRequest, temporaryDirectory } from '../../inference/test-pack.test-support';
import { events, framesSha256, isAlive, longRun, never, service, untilGone } from './inference-process.test-support';

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

  test('previews that nobody reads do not hold the stage up', async () => {
    const { inference } = service();
    const request = await longRun();
    let previews = 0;
    let last: StageEvent | undefined;
    for await (const event of inference.runStage(request, never)) {
      if (event.kind === 'preview' && (previews += 1) === 1) await sleep(500);
      last = event;
    }
    expect(last?.kind).toBe('finished');
    expect(previews).toBeLessThan(100);
  });
});

describe('cancelling', () => {
  test('in the middle of a stage is acknowledged at once; the same process takes the next stage', async () => {
    const { inference, pids } = service();
    const abort = new AbortController();
    let abortedAt = 0;
    const reading = (async () => {
      for await (const event of inference.runStage(await longRun(), abort.signal)) {
        if (event.kind !== 'progress' || event.step < 5 || abortedAt > 0) continue;
        setTimeout(() => {
          abortedAt = performance.now();
          abort.abort();
        }, 0);
      }
    })();
    await expect(reading).rejects.toSatisfy(isCancellation);
    expect(performance.now() - abortedAt).toBeLessThan(500);
    const freed = performance.now();
    await events(inference, stageRequest('base', await temporaryDirectory()));
    expect(performance.now() - freed).toBeLessThan(10_000);
    expect(pids).toHaveLength(1);
  });

  test('a process that does not let go is killed after the grace period; the next stage gets another', async () => {
    const { inference, pids } = service({ graceMs: 200 });
    const abort = new AbortController();
    const reading = (async () => {
      for await (const event of inference.runStage(await longRun(), abort.signal))
        if (event.kind === 'progress' && !abort.signal.aborted) {
          process.kill(pids[0]!, 'SIGSTOP');
          abort.abort();
        }
    })();
    await expect(reading).rejects.toSatisfy(isCancellation);
    await untilGone(pids[0]!);
    await events(inference, stageRequest('base', await temporaryDirectory()));
    expect(pids).toHaveLength(2);
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
