import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isCancellation } from '#shared/errors';
import { Locks } from './lock';
import { announcePresence } from './presence';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sluice-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const never = new AbortController().signal;

async function newLocks(): Promise<Locks> {
  return new Locks(path.join(folder, 'locks'), await announcePresence(path.join(folder, 'presence')));
}

function start(rounds: number, holdMs: number): ChildProcess {
  const jiti = path.join(path.dirname(createRequire(import.meta.url).resolve('jiti/package.json')), 'lib/jiti-cli.mjs');
  return fork(jiti, [path.join(import.meta.dirname, 'lock.test-process.ts'), folder, String(rounds), String(holdMs)]);
}

async function entered(): Promise<number> {
  return (await readFile(path.join(folder, 'entered'), 'utf8').catch(() => '')).split('\n').length - 1;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await wait(5);
}

describe('a lock', () => {
  it('is held by one at a time, between and inside processes, and free after release', async () => {
    const [a, b] = [await newLocks(), await newLocks()];
    const first = await a.acquire('x', never);
    expect(await b.attempt('x')).toEqual({ kind: 'busy', holder: a.presence.id });
    expect(await a.attempt('x')).toEqual({ kind: 'busy', holder: a.presence.id });
    expect((await b.attempt('y')).kind).toBe('held');
    await first.release();
    const second = await b.acquire('x', never);
    await second.release();
    expect(await readdir(path.join(folder, 'locks'))).toEqual(['y']);
  });

  it('leaves nothing behind of a process that died with it, or while it let go, and nothing else is touched', async () => {
    const [dead, alive] = [await newLocks(), await newLocks()];
    await dead.acquire('died', never);
    await alive.acquire('held', never);
    await mkdir(path.join(folder, 'locks', 'half released'));
    await writeFile(path.join(folder, 'locks', 'not a lock'), '');
    await alive.tidy();
    expect((await readdir(path.join(folder, 'locks'))).sort()).toEqual(['died', 'held', 'not a lock']);
    await dead.presence.close();
    await alive.tidy();
    expect((await readdir(path.join(folder, 'locks'))).sort()).toEqual(['held', 'not a lock']);
    expect(await alive.attempt('held')).toMatchObject({ kind: 'busy' });
  });

  it('makes the second wait, says for whom, and stops waiting when cancelled', async () => {
    const [a, b] = [await newLocks(), await newLocks()];
    await a.acquire('x', never);
    const holders: string[] = [];
    const controller = new AbortController();
    const waiting = b.acquire('x', controller.signal, (holder) => holders.push(holder));
    await until(() => Promise.resolve(holders.length > 0));
    controller.abort();
    await expect(waiting).rejects.toSatisfy(isCancellation);
    expect(holders).toEqual([a.presence.id]);
  });

  it('is free when its holder closes without releasing', async () => {
    const [a, b] = [await newLocks(), await newLocks()];
    await a.acquire('x', never);
    await a.presence.close();
    expect((await b.attempt('x')).kind).toBe('held');
  });

  it('does not fall to leftovers that are not claims', async () => {
    await mkdir(path.join(folder, 'locks', 'x'), { recursive: true });
    await writeFile(path.join(folder, 'locks', 'x', '.DS_Store'), '');
    expect((await (await newLocks()).attempt('x')).kind).toBe('held');
  });

  it('works where the folder is too long a path for a socket', async () => {
    folder = path.join(folder, 'a-long-name-'.repeat(12));
    await mkdir(folder);
    const [a, b] = [await newLocks(), await newLocks()];
    await a.acquire('x', never);
    expect((await b.attempt('x')).kind).toBe('busy');
    await a.presence.close();
    expect((await b.attempt('x')).kind).toBe('held');
    await b.presence.close();
    folder = path.dirname(folder);
  });

  it('never lets two processes in, also when holders are killed', async () => {
    await writeFile(path.join(folder, 'counter'), '0');
    const workers = [start(25, 2), start(25, 2), start(25, 2)];
    const victim = start(1, 60_000);
    const finished = Promise.all(workers.map((worker) => once(worker, 'exit')));
    const victimPid = String(victim.pid);
    await until(async () => (await readFile(path.join(folder, 'entered'), 'utf8').catch(() => '')).includes(victimPid));
    victim.kill('SIGKILL');
    expect(await finished).toEqual([
      [0, null],
      [0, null],
      [0, null],
    ]);
    expect(Number(await readFile(path.join(folder, 'counter'), 'utf8'))).toBe(75);
    expect(await entered()).toBe(76);
  });

  it('stays with a holder that is suspended', { skip: process.platform === 'win32' }, async () => {
    await writeFile(path.join(folder, 'counter'), '0');
    const holder = start(1, 60_000);
    await until(async () => (await entered()) === 1);
    holder.kill('SIGSTOP');
    const locks = await newLocks();
    expect((await locks.attempt('counter')).kind).toBe('busy');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect((await locks.attempt('counter')).kind).toBe('held');
  });
});
