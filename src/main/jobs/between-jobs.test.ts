import { readdir, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { sha256Schema } from '#shared/units';
import { evictToLimit } from '../artifacts/eviction';
import type { CascadeEvent } from './cascade-job';
import { homeForEachTest, ofKind, testLadder, testRequest, testShot } from './jobs.test-support';

const ladder = testLadder();
const home = homeForEachTest();

describe('a clock that jumps', () => {
  const day = 24 * 3600 * 1000;

  it.each([day, -day])('by %i ms in the middle of a run changes nothing', async (jump) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const [first, second] = [await home.openJobs(), await home.openJobs()];
    const before = Date.now();
    // Whichever of the two makes the second stage, which one does.
    const jumpOnce = (event: CascadeEvent) => {
      if (event.kind === 'stage-started' && event.stage === ladder[1]) vi.setSystemTime(Date.now() + jump);
    };
    const runs = await Promise.all([first, second].map(({ run }) => run(testRequest(), undefined, jumpOnce)));
    const events = runs.flatMap((run) => run.events);
    expect(Math.abs(Date.now() - before)).toBeGreaterThan(day / 2);
    expect([...first.inference.stagesRun, ...second.inference.stagesRun].sort()).toEqual([...ladder].sort());
    for (const { remainingSec } of ofKind(events, 'progress')) expect(remainingSec ?? 0).toBeGreaterThanOrEqual(0);
    for (const { seconds } of ofKind(events, 'stage-finished')) {
      expect(seconds).toBeGreaterThanOrEqual(0);
      expect(seconds).toBeLessThan(day / 2000);
    }
  });
});

describe('before a job', () => {
  const never = new AbortController().signal;

  it('the provider is chosen and the first stage prepared with it; the job probes nothing any more', async () => {
    const { run, jobs, inference } = await home.openJobs();
    await jobs.prepare({ ...testRequest(), threads: 3 }, never);
    expect(inference.preparations).toMatchObject([{ stage: ladder[0], provider: 'cpu', threads: 3 }]);
    const probed = inference.probes.length;
    await run();
    expect(inference.probes).toHaveLength(probed);
  });

  it('what cannot be prepared is no failure', async () => {
    const { jobs, inference } = await home.openJobs();
    inference.prepareStage = () => Promise.reject(new Error('no memory'));
    await jobs.prepare(testRequest(), never);
    inference.unusable.add('cpu');
    await jobs.prepare({ ...testRequest(), provider: 'dml' }, never);
  });

  it('a preparation that is not wanted any more is not waited for', async () => {
    const { jobs, inference } = await home.openJobs();
    const abort = new AbortController();
    inference.prepareStage = () => {
      abort.abort();
      return new Promise(() => undefined);
    };
    await jobs.prepare(testRequest(), abort.signal);
    expect(abort.signal.aborted).toBe(true);
  });
});

describe('what is kept', () => {
  it('a result stays until the next job has begun, whatever the limit', async () => {
    const { run, jobs } = await home.openJobs({ artifactLimitBytes: 1 });
    const { result } = await run();
    expect((await evictToLimit(jobs.artifacts, 0)).removed).toEqual([]);
    await run(testRequest(testShot({ seed: 8 })));
    expect(await jobs.artifacts.has(result.outputKey)).toBe(false);
  });

  it('a damaged pin file stops eviction, not the job', async () => {
    const { run, jobs } = await home.openJobs({ artifactLimitBytes: 1 });
    await jobs.artifacts.pins.set('project', []);
    await truncate(path.join(jobs.artifacts.files.pins, 'project.json'), 0);
    const { events } = await run();
    expect(ofKind(events, 'warning')).toHaveLength(1);
  });

  it('checkpoints of finished stages, left by a process that was killed, and empty ones are cleared at the start; others are not', async () => {
    const first = await home.openJobs();
    const { result } = await first.run();
    await first.jobs.services.checkpoints.folderOf(result.outputKey, 'cpu');
    const unfinished = sha256Schema.parse('d'.repeat(64));
    await writeFile(path.join(await first.jobs.services.checkpoints.folderOf(unfinished, 'cpu'), 'latents'), 'some');
    await first.jobs.services.checkpoints.folderOf(sha256Schema.parse('e'.repeat(64)), 'cpu');
    await first.close();
    await home.openJobs();
    expect(await readdir(path.join(home.folder, 'checkpoints'))).toEqual([unfinished]);
  });

  it('checkpoints that another process removes meanwhile stop nothing', async () => {
    const { jobs } = await home.openJobs();
    const { checkpoints } = jobs.services;
    const key = sha256Schema.parse('c'.repeat(64));
    await writeFile(path.join(await checkpoints.folderOf(key, 'cpu'), 'latents'), 'some');
    const late = Object.create(jobs.artifacts, {
      has: { value: () => checkpoints.remove(key).then(() => false) },
    }) as typeof jobs.artifacts;
    await checkpoints.tidy(late, 0);
    expect(await readdir(path.join(home.folder, 'checkpoints'))).toEqual([]);
  });

  it('checkpoints above their limit go, the oldest first, but for those in use', async () => {
    const { jobs } = await home.openJobs();
    const { checkpoints } = jobs.services;
    const keys = ['1', '2', '3'].map((digit) => sha256Schema.parse(digit.repeat(64)));
    for (const [i, key] of keys.entries()) {
      const used = await checkpoints.folderOf(key, 'cpu');
      await writeFile(path.join(used, 'latents'), new Uint8Array(1000));
      for (const entry of [path.join(used, 'latents'), used]) await utimes(entry, 1000 + i, 1000 + i);
    }
    const lock = await jobs.artifacts.lock(keys[0]!, new AbortController().signal);
    await checkpoints.tidy(jobs.artifacts, 2000);
    expect(await readdir(path.join(home.folder, 'checkpoints'))).toEqual([keys[0], keys[2]]);
    await lock.release();
  });

  it('measured speeds give the next job an estimate, also after a restart', async () => {
    const first = await home.openJobs();
    await first.run();
    await first.close();
    const second = await home.openJobs();
    const { events } = await second.run(testRequest(testShot({ seed: 8 })));
    expect(ofKind(events, 'planned')[0]?.remainingSec).toBeCloseTo(ladder.length, 6);
    const estimates = ofKind(events, 'progress').map((event) => event.remainingSec ?? -1);
    expect(Math.min(...estimates)).toBeGreaterThanOrEqual(0);
    expect(estimates.at(-1)).toBe(0);
    await stat(path.join(home.folder, 'speeds.json'));
  });
});
