import { appendFile, readdir, readFile, readlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { SluiceError } from '#shared/errors';
import type { Recipe } from '#shared/recipe';
import { mebibyte, sha256Schema } from '#shared/units';
import { openSharedHome, type SharedHome } from '../../files/shared-home';
import type { CascadeResult } from '../cascade-job';
import { temporaryFolder, testPack, testShot } from '../jobs.test-support';
import { openJobQueue, type JobQueue, type JobQueueOptions } from './job-queue';
import type { JobId, QueuedRequest } from './queue-state';

const key = sha256Schema.parse('a'.repeat(64));

function request(seed: number): QueuedRequest {
  const shot = testShot({ seed });
  return { packHash: testPack().hash, shot, memoryBytes: mebibyte, threads: 1, previewPixels: 0 };
}

function resultOf({ shot }: QueuedRequest): CascadeResult {
  const madeBy = { sluice: '1', onnxruntime: '1', provider: 'cpu' };
  const pack = { name: 'test', version: '0.0.1', hash: key };
  const recipe: Recipe = { format: 'sluice-recipe', schemaVersion: 1, madeBy, pack, shot, stages: [] };
  return { outputKey: key, outputPath: '/nowhere', recipe };
}

/** Runs until the test lets each job end. */
class Workshop {
  readonly begun: number[] = [];
  private readonly ends = new Map<number, (error?: Error) => void>();

  readonly run: JobQueueOptions['run'] = (asked, signal) =>
    new Promise((resolve, reject) => {
      const { seed } = asked.shot;
      this.begun.push(seed);
      signal.addEventListener('abort', () => {
        this.ends.delete(seed);
        reject(signal.reason as Error);
      });
      this.ends.set(seed, (error) => (error === undefined ? resolve(resultOf(asked)) : reject(error)));
    });

  async end(seed: number, error?: Error): Promise<void> {
    await until(() => this.ends.has(seed));
    this.ends.get(seed)?.(error);
    this.ends.delete(seed);
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(2);
}

let folder: string;
let home: SharedHome;
let workshop: Workshop;
beforeEach(async () => {
  folder = await temporaryFolder();
  home = await openSharedHome(folder);
  workshop = new Workshop();
});

async function open(options: Partial<JobQueueOptions> = {}): Promise<JobQueue> {
  const opened = await openJobQueue({ folder: home.queue, locks: home.locks, run: workshop.run, ...options });
  if (opened.kind === 'busy') throw new Error('busy');
  return opened.queue;
}

/** As when the process is killed: nothing is closed, its locks are free. */
async function crash(): Promise<void> {
  await home.close();
  home = await openSharedHome(folder);
  workshop = new Workshop();
}

const kinds = (queue: JobQueue) => queue.state.jobs.map((job) => job.state.kind);
const seeds = (queue: JobQueue) => queue.state.jobs.map((job) => job.request.shot.seed);
const becomes = (queue: JobQueue, ...expected: string[]) => until(() => kinds(queue).join() === expected.join());

describe('the queue', () => {
  it('runs one job at a time, in order, and keeps how they ended', async () => {
    const queue = await open();
    for (const seed of [1, 2, 3]) await queue.add(request(seed));
    await until(() => workshop.begun.length === 1);
    expect(kinds(queue)).toEqual(['running', 'waiting', 'waiting']);
    await workshop.end(1);
    await workshop.end(2, new SluiceError('disk-full', 'no room'));
    await workshop.end(3);
    await becomes(queue, 'done', 'failed', 'done');
    expect(workshop.begun).toEqual([1, 2, 3]);
    expect(queue.state.jobs[0]?.state).toMatchObject({ kind: 'done', outputKey: key, recipe: { shot: { seed: 1 } } });
    expect(queue.state.jobs[1]?.state).toMatchObject({
      kind: 'failed',
      error: { code: 'disk-full', message: 'no room' },
    });
    await queue.close();
  });

  it('is reordered', async () => {
    const queue = await open();
    const ids: JobId[] = [];
    for (const seed of [1, 2, 3, 4]) ids.push(await queue.add(request(seed)));
    await queue.move(ids[3]!, ids[1]);
    expect(seeds(queue)).toEqual([1, 4, 2, 3]);
    await queue.move(ids[1]!);
    expect(seeds(queue)).toEqual([1, 4, 3, 2]);
    await workshop.end(1);
    await until(() => workshop.begun.length === 2);
    expect(workshop.begun).toEqual([1, 4]);
    await queue.close();
  });

  it('pauses, resumes, cancels, retries and removes', async () => {
    const queue = await open();
    const [first, second] = [await queue.add(request(1)), await queue.add(request(2))];
    await queue.pause(first);
    await becomes(queue, 'paused', 'running');
    await queue.cancel(second);
    await becomes(queue, 'paused', 'cancelled');
    await expect(queue.pause(second)).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(queue.resume(second)).rejects.toMatchObject({ code: 'invalid-argument' });
    await queue.resume(first);
    await becomes(queue, 'running', 'cancelled');
    await queue.retry(second);
    await expect(queue.remove(first)).rejects.toMatchObject({ code: 'invalid-argument' });
    await workshop.end(1);
    await becomes(queue, 'done', 'running');
    await queue.remove(first);
    expect(seeds(queue)).toEqual([2]);
    await expect(queue.cancel(first)).rejects.toMatchObject({ code: 'job-not-found' });
    await queue.close();
  });

  it('begins a job again that was paused and resumed before it had stopped', async () => {
    const queue = await open();
    const id = await queue.add(request(1));
    await Promise.all([queue.pause(id), queue.resume(id)]);
    await until(() => workshop.begun.length === 2);
    expect(kinds(queue)).toEqual(['running']);
    await queue.close();
  });

  it('begins nothing while it is held', async () => {
    const queue = await open();
    await queue.hold();
    // Whether a job begins is decided before `add` returns.
    await queue.add(request(1));
    expect(workshop.begun).toEqual([]);
    await queue.release();
    await until(() => workshop.begun.length === 1);
    await queue.close();
  });

  it('closed while it begins a job, leaves none running', async () => {
    let closing: Promise<void> | undefined;
    const signals: AbortSignal[] = [];
    const queue: JobQueue = await open({
      run: (asked, signal, onEvent) => {
        signals.push(signal);
        return workshop.run(asked, signal, onEvent);
      },
      onState: ({ jobs }) => {
        if (jobs[0]?.state.kind === 'running') closing ??= queue.close();
      },
    });
    await queue.add(request(1));
    await closing;
    expect(closing).toBeDefined();
    expect(signals.filter((signal) => !signal.aborted)).toEqual([]);
    const again = await openJobQueue({ folder: home.queue, locks: home.locks, run: workshop.run });
    expect(again.kind).toBe('open');
    if (again.kind === 'open') await again.queue.close();
  });

  it.runIf(process.platform === 'linux')('that cannot begin gives its file and its lock back', async () => {
    const queue = await open();
    await queue.add(request(1));
    await queue.close();
    const fails = () => {
      throw new Error('nobody can be told');
    };
    await expect(open({ onState: fails })).rejects.toThrow('nobody can be told');
    const files = await Promise.all(
      (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
    );
    expect(files.filter((file) => file.startsWith(home.queue))).toEqual([]);
    await (await open()).close();
  });

  it('belongs to one process at a time', async () => {
    const queue = await open();
    const other = await openSharedHome(folder);
    const options = { folder: other.queue, locks: other.locks, run: workshop.run };
    expect(await openJobQueue(options)).toEqual({ kind: 'busy', holder: home.locks.presence.id });
    await queue.close();
    const opened = await openJobQueue(options);
    expect(opened.kind).toBe('open');
    if (opened.kind === 'open') await opened.queue.close();
  });
});

describe('after a restart', () => {
  it.each(['quit', 'crash'])('by %s the queue is as it was, and what ran runs again first', async (how) => {
    const queue = await open();
    const ids: JobId[] = [];
    for (const seed of [1, 2, 3, 4, 5]) ids.push(await queue.add(request(seed)));
    await workshop.end(1);
    await becomes(queue, 'done', 'running', 'waiting', 'waiting', 'waiting');
    await queue.pause(ids[2]!);
    await queue.move(ids[4]!, ids[3]);
    if (how === 'quit') await queue.close();
    await crash();
    const again = await open();
    await becomes(again, 'done', 'running', 'paused', 'waiting', 'waiting');
    expect(seeds(again)).toEqual([1, 2, 3, 5, 4]);
    expect(workshop.begun).toEqual([2]);
    expect(again.state.jobs[0]).toEqual(queue.state.jobs[0]);
    await again.close();
    if (how === 'crash') await queue.close();
  });

  it('a journal cut off anywhere gives an earlier state, never a mixed one, and goes on', async () => {
    const queue = await open();
    await queue.hold();
    const journal = path.join(home.queue, 'journal');
    const states: string[] = [];
    for (const seed of [1, 2, 3]) {
      states.push(seeds(queue).join());
      await queue.add(request(seed));
    }
    states.push(seeds(queue).join());
    const [text, snapshot] = [await readFile(journal), await readFile(path.join(home.queue, 'snapshot.json'))];
    await queue.close();
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.boolean(), async (cut, torn) => {
        await crash();
        await writeFile(path.join(home.queue, 'snapshot.json'), snapshot);
        await writeFile(journal, text);
        await truncate(journal, cut);
        if (torn) await appendFile(journal, '0badc0de {"sequence":9,"chan');
        const again = await open();
        expect(states).toContain(seeds(again).join());
        await again.hold();
        await again.add(request(9));
        const expected = seeds(again);
        await again.close();
        await crash();
        const third = await open();
        expect(seeds(third)).toEqual(expected);
        await third.close();
      }),
      { numRuns: 25 },
    );
  });

  it('a kill between snapshot and journal repeats nothing', async () => {
    const queue = await open();
    await queue.hold();
    await queue.add(request(1));
    const text = await readFile(path.join(home.queue, 'journal'));
    await queue.close();
    await crash();
    await (await open()).close();
    await writeFile(path.join(home.queue, 'journal'), text);
    await crash();
    const again = await open();
    expect(seeds(again)).toEqual([1]);
    await again.close();
  });

  it('a damaged snapshot is moved aside and said so, and what came after it is kept', async () => {
    const queue = await open();
    await queue.hold();
    const lost = await queue.add(request(1));
    await queue.close();
    await crash();
    const later = await open();
    await later.pause(lost);
    await later.add(request(2));
    await later.close();
    await truncate(path.join(home.queue, 'snapshot.json'), 0);
    await crash();
    const damaged: string[] = [];
    const again = await open({ onDamaged: (movedTo) => damaged.push(movedTo) });
    expect(damaged).toEqual([path.join(home.queue, 'snapshot.json.damaged')]);
    expect(seeds(again)).toEqual([2]);
    await again.close();
  });
});
