import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { isCancellation } from '#shared/errors';
import { InferenceProcess } from '../inference/inference-process';
import { forkInference } from '../inference/spawn';
import { framesOf, readArtifacts, startCascade } from './cascade-process.test-support';
import {
  ofKind,
  openTestJobs,
  temporaryFolder,
  testLadder,
  testPackDirectory,
  testRequest,
  testShot,
} from './jobs.test-support';

const ladder: readonly string[] = testLadder();
const shot = { prompts: [{ fromSec: 0, prompt: 'a red boat on the sea at sunset' }], seed: 3 };
const kills = 5;
const timeout = 180_000;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(10);
}

/** The real inference process on the committed pack of untrained networks, undisturbed. */
describe('a cascade in processes of its own', () => {
  let home: string;
  let undisturbed: Readonly<Record<string, string>>;

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'sluice-cascade-'));
    const run = startCascade(home, testPackDirectory, shot);
    expect(await run.exited).toBe(0);
    expect(run.told.made).toEqual(ladder);
    undisturbed = framesOf(run.told.recipe);
    expect(await readArtifacts(home)).toEqual(undisturbed);
  }, timeout);

  afterAll(() => rm(home, { recursive: true, force: true }));

  it('makes only the changed last stage in a new process', { timeout }, async () => {
    const last = ladder.at(-1)!;
    const changed = { ...shot, stages: { [last]: { thresholding: { kind: 'none' } } } };
    const copy = await temporaryFolder();
    await cp(path.join(home, 'artifacts'), path.join(copy, 'artifacts'), { recursive: true });
    const run = startCascade(copy, testPackDirectory, changed);
    expect(await run.exited).toBe(0);
    expect(run.told).toMatchObject({ made: [last], reused: ladder.slice(0, -1) });
  });

  it.skipIf(process.platform === 'win32')(
    'makes each stage once when two processes share a home: one waits for the other, also while that is suspended',
    { timeout },
    async () => {
      const shared = await temporaryFolder();
      const suspendAt = ladder[1]!;
      const first = startCascade(shared, testPackDirectory, shot, { suspendAt });
      await until(() => first.told.begun.includes(suspendAt));
      const second = startCascade(shared, testPackDirectory, shot);
      await until(() => second.told.waited.length > 0);
      // More than once: it may not quite be suspended yet.
      const waking = setInterval(() => first.child.kill('SIGCONT'), 100);
      void first.exited.then(() => clearInterval(waking));
      expect(await Promise.all([first.exited, second.exited])).toEqual([0, 0]);
      expect(second.told.waited[0]).toBe(suspendAt);
      expect([...first.told.made, ...second.told.made].sort()).toEqual([...ladder].sort());
      for (const { told } of [first, second]) expect(framesOf(told.recipe)).toEqual(undisturbed);
    },
  );

  it(
    `gives the same bytes after ${kills} kills, repeats no finished stage, leaves nothing partial`,
    { timeout },
    async () => {
      const killed = await temporaryFolder();
      let kept = {};
      for (let kill = 0; kill < kills; kill += 1) {
        const atLine = 1 + Math.floor(Math.random() * 12);
        const run = startCascade(killed, testPackDirectory, shot, {
          onLine: ({ lines }) => {
            if (lines === atLine) void wait(Math.random() * 40).then(() => run.child.kill('SIGKILL'));
          },
        });
        await run.exited;
        expect(run.told.made.filter((stage) => stage in kept)).toEqual([]);
        const left = await readArtifacts(killed);
        expect(left).toMatchObject(kept);
        for (const stage of run.told.made) expect(left, `acknowledged before kill ${kill}`).toHaveProperty(stage);
        kept = left;
      }
      const last = startCascade(killed, testPackDirectory, shot);
      expect(await last.exited).toBe(0);
      expect(framesOf(last.told.recipe)).toEqual(undisturbed);
      expect(await readArtifacts(killed)).toEqual(undisturbed);
      expect((await readdir(path.join(killed, 'artifacts'))).filter((name) => name.endsWith('.partial'))).toEqual([]);
      expect(await readdir(path.join(killed, 'checkpoints'))).toEqual([]);
      expect(await readdir(path.join(killed, 'locks'))).toEqual([]);
    },
  );

  it(
    'cancels in the middle of a stage though its process does not answer, and goes on from there',
    { timeout },
    async () => {
      const folder = await temporaryFolder();
      const fork = forkInference(path.resolve(import.meta.dirname, '../../../out/inference.js'), process.env);
      const children: ReturnType<typeof fork>[] = [];
      const spawn = () => {
        const child = fork();
        children.push(child);
        return child;
      };
      const inference = new InferenceProcess({ spawn, graceMs: 600_000 });
      onTestFinished(() => inference.close());
      const { run, close } = await openTestJobs(folder, { inference });
      const slow = testShot({ stages: { base: { steps: 400 } }, stopAt: 'base' });
      const controller = new AbortController();
      const request = { ...testRequest(slow), provider: 'cpu', threads: 1 } as const;
      const cancelled = run(request, controller.signal, (event) => {
        // The third step begins when the checkpoint of the first is durable.
        if (event.kind !== 'progress' || event.step < 2 || controller.signal.aborted) return;
        process.kill(children.at(-1)!.pid!, 'SIGSTOP');
        controller.abort();
      });
      await expect(cancelled).rejects.toSatisfy(isCancellation);
      expect(await readdir(path.join(folder, 'locks'))).toEqual([]);
      children.at(-1)!.kill();
      const { events } = await run(request);
      expect(ofKind(events, 'stage-started')[0]?.resumedAtStep).toBeGreaterThan(0);
      await close();
    },
  );
});
