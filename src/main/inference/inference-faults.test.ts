import { spawn as spawnProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { stageRequest, temporaryDirectory, testPack } from '../../inference/test-pack.test-support';
import {
  entryPath,
  events,
  framesSha256,
  isAlive,
  longRun,
  mostSteps,
  never,
  service,
  untilGone,
} from './inference-process.test-support';

describe('a process that dies or hangs', () => {
  test('killed in the middle of a stage: the stage resumes and gives the bytes of an undisturbed run', async () => {
    const { inference, pids } = service();
    const request = await longRun(300);
    const undisturbed = {
      ...request,
      outputPath: `${request.outputPath}.other`,
      checkpointDirectory: `${request.checkpointDirectory}.other`,
    };
    await events(inference, undisturbed);
    const crash = (async () => {
      // Steps may go untold; the third begins when the checkpoint of the first is durable.
      let killed = false;
      for await (const event of inference.runStage(request, never))
        if (event.kind === 'progress' && event.step >= 2) killed ||= process.kill(pids[0]!, 'SIGKILL');
    })();
    await expect(crash).rejects.toMatchObject({ code: 'inference-crashed', details: { signal: 'SIGKILL' } });
    const resumed = await events(inference, request);
    const [loaded] = resumed;
    expect(loaded?.kind === 'loaded' && loaded.resumedAtStep).toBeGreaterThan(0);
    expect(await framesSha256(request.outputPath)).toBe(await framesSha256(undisturbed.outputPath));
    expect(pids).toHaveLength(2);
  });

  test('a stopped process is noticed, killed and replaced', async () => {
    const patient = { firstMs: 600_000, factor: 1, leastMs: 600_000, tickMs: 100 };
    const silence = { ...patient };
    const { inference, pids } = service({ silence });
    let stopped = false;
    const hang = (async () => {
      for await (const event of inference.runStage(await longRun(mostSteps), never)) {
        if (event.kind !== 'progress' || stopped) continue;
        stopped = process.kill(pids[0]!, 'SIGSTOP');
        silence.leastMs = 300;
      }
    })();
    await expect(hang).rejects.toMatchObject({ code: 'inference-timeout' });
    expect(stopped).toBe(true);
    await untilGone(pids[0]!);
    Object.assign(silence, patient);
    await events(inference, stageRequest('base', await temporaryDirectory()));
  });

  test('a program that ends at once is reported with its last words', async () => {
    const entry = path.join(await temporaryDirectory(), 'broken.mjs');
    await writeFile(entry, 'console.error("no such library"); process.exit(3);');
    const { inference } = service({}, entry);
    const run = events(inference, stageRequest('base', await temporaryDirectory()));
    await expect(run).rejects.toMatchObject({
      code: 'inference-crashed',
      message: expect.stringContaining('exit code 3') as string,
      details: { exitCode: 3, lastWords: 'no such library' },
    });
  });

  test('a program whose last words are of memory ran out of it', async () => {
    const entry = path.join(await temporaryDirectory(), 'greedy.mjs');
    await writeFile(entry, 'console.error("terminate called: std::bad_alloc"); process.abort();');
    const { inference } = service({}, entry);
    await expect(events(inference, stageRequest('base', await temporaryDirectory()))).rejects.toMatchObject({
      code: 'out-of-memory',
    });
  });

  test('a program that talks nonsense is cut off and killed', async () => {
    const entry = path.join(await temporaryDirectory(), 'nonsense.mjs');
    await writeFile(
      entry,
      'process.on("message", () => process.send({ type: "event", id: 1, payload: { kind: "finished" } }));',
    );
    const { inference, pids } = service({}, entry);
    const run = events(inference, stageRequest('base', await temporaryDirectory()));
    await expect(run).rejects.toMatchObject({ code: 'channel-protocol' });
    await untilGone(pids[0]!);
  });

  test('the process ends when its parent is killed', async () => {
    const script = `
      import { fork } from 'node:child_process';
      const child = fork(${JSON.stringify(entryPath)}, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      console.log(child.pid);`;
    const parent = spawnProcess(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await untilGone(pid);
  });
});

describe('probing', () => {
  test('runs in a process of its own, which is gone afterwards', async () => {
    const { inference, pids } = service();
    const report = await inference.probe({ ...testPack(), provider: 'cpu' }, never);
    expect(report).toMatchObject({ provider: 'cpu', usable: true });
    await untilGone(pids[0]!);
  });

  test('WebGPU either reproduces the golden vectors or says why it cannot be used', async () => {
    const { inference } = service();
    const report = await inference.probe({ ...testPack(), provider: 'webgpu' }, never);
    expect(report.provider).toBe('webgpu');
    if (report.usable) expect(report.maxDifference).toBeLessThan(1e-3);
    else expect(report.reason).toMatch(/webgpu|golden|inference process/i);
  });

  test('a provider that takes its process down is not usable', async () => {
    const entry = path.join(await temporaryDirectory(), 'aborting.mjs');
    await writeFile(entry, 'process.on("message", () => process.abort());');
    const { inference } = service({}, entry);
    const report = await inference.probe({ ...testPack(), provider: 'webgpu' }, never);
    expect(report).toMatchObject({
      provider: 'webgpu',
      usable: false,
      reason: expect.stringContaining('SIGABRT') as string,
    });
  });

  test('a provider that hangs is not usable', async () => {
    const entry = path.join(await temporaryDirectory(), 'hanging.mjs');
    await writeFile(entry, 'process.on("message", () => { for (;;); });');
    const { inference, pids } = service({ probeMs: 500 }, entry);
    const report = await inference.probe({ ...testPack(), provider: 'webgpu' }, never);
    expect(report).toMatchObject({
      provider: 'webgpu',
      usable: false,
      reason: expect.stringContaining('did not answer') as string,
    });
    await untilGone(pids[0]!);
  });
});
