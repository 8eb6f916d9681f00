import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCancellation } from '#shared/errors';
import { homeForEachTest, Moment, ofKind, testLadder, testRequest, untilCancelled } from './jobs.test-support';

const ladder = testLadder();
const home = homeForEachTest();

describe('cancelling', () => {
  it('is acknowledged in the middle of a step, frees the locks, keeps the checkpoint and the finished stages', async () => {
    const { run, inference, jobs } = await home.openJobs();
    const controller = new AbortController();
    inference.beforeStep = async (stage, step, signal) => {
      if (stage !== ladder[2] || step !== 2) return;
      setImmediate(() => controller.abort());
      await untilCancelled(signal);
    };
    await expect(run(testRequest(), controller.signal)).rejects.toSatisfy(isCancellation);
    expect(await home.namesIn('locks')).toEqual([]);
    expect((await home.namesIn('artifacts')).filter((name) => name.endsWith('.partial'))).toEqual([]);
    expect(await readdir(path.join(home.folder, 'checkpoints'))).toHaveLength(1);
    inference.beforeStep = () => Promise.resolve();
    inference.runs.length = 0;
    const { events } = await run();
    expect(inference.stagesRun).toEqual(ladder.slice(2));
    expect(ofKind(events, 'stage-started')[0]?.resumedAtStep).toBe(2);
    await jobs.close();
  });

  it('before the start starts nothing', async () => {
    const { run, inference } = await home.openJobs();
    await expect(run(testRequest(), AbortSignal.abort())).rejects.toSatisfy(isCancellation);
    expect(inference.runs).toEqual([]);
  });
});

describe('two jobs on one home', () => {
  it('make each stage once: the second waits, says so, and reuses', async () => {
    const [first, second] = [await home.openJobs(), await home.openJobs()];
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
    const [first, second] = [await home.openJobs(), await home.openJobs()];
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
