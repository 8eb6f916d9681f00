import { copyFile, mkdtemp, readdir, readFile, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFrameFile } from '#frames/reader';
import { createFrameFile } from '#frames/writer';
import { stageIdSchema } from '#shared/pack-manifest';
import { sha256Schema, type Sha256 } from '#shared/units';
import { Locks, type LockAttempt } from '../files/lock';
import { openSharedHome, type SharedHome } from '../files/shared-home';
import { openArtifactStore, type ArtifactNotice, type ArtifactStore } from './artifact-store';
import { evictToLimit } from './eviction';
import type { ArtifactOrigin } from './metadata';

const shape = { frames: 4, height: 6, width: 10, fps: 3 };
const never = new AbortController().signal;
const keyOf = (digit: string): Sha256 => sha256Schema.parse(digit.repeat(64));
const [keyA, keyB, keyC] = [keyOf('a'), keyOf('b'), keyOf('c')];
const origin: ArtifactOrigin = {
  kind: 'stage',
  pack: { name: 'test', hash: keyOf('0') },
  stage: stageIdSchema.parse('base'),
  prompts: ['a red boat'],
  seed: 1,
  provider: 'cpu',
  seconds: 2,
};

let folder: string;
let home: SharedHome;
let store: ArtifactStore;
let notices: ArtifactNotice[];

async function openStore(): Promise<ArtifactStore> {
  notices = [];
  return openArtifactStore(home.artifacts, home.locks, (notice) => notices.push(notice));
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sluice-artifacts-'));
  home = await openSharedHome(folder);
  store = await openStore();
});
afterEach(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

const picture = (seed: number): Uint8Array => Uint8Array.from({ length: 4 * 6 * 10 * 3 }, (_, i) => (i * seed) >> 3);

async function writeFrames(file: string, seed: number): Promise<void> {
  const writer = await createFrameFile(file, shape);
  await writer.write(picture(seed));
  await writer.finish();
}

async function make(key: Sha256, seed = 1): Promise<void> {
  const temporary = store.temporaryPath(key);
  await writeFrames(temporary, seed);
  await store.commit(key, temporary, origin);
}

async function framesOf(key: Sha256): Promise<Uint8Array | undefined> {
  const opened = await store.open(key);
  if (opened === undefined) return undefined;
  const frames = await opened.reader.read(0, shape.frames);
  await opened.reader.close();
  return frames;
}

describe('an artifact', () => {
  it('is there once committed, also after a restart, with what is known of it', async () => {
    expect(await store.has(keyA)).toBe(false);
    await make(keyA, 7);
    const other = await openSharedHome(folder);
    const again = await openArtifactStore(other.artifacts, other.locks);
    const artifact = await again.find(keyA);
    expect(artifact?.metadata).toMatchObject({ ...shape, key: keyA, origin });
    expect(artifact?.metadata.sizeBytes).toBe((await stat(artifact!.path)).size);
    expect(await framesOf(keyA)).toEqual(picture(7));
    expect((await readdir(home.artifacts)).sort()).toEqual([`${keyA}.frames`, `${keyA}.json`]);
    await other.close();
  });

  it('is not there without its metadata, and its frames are cleared away', async () => {
    await make(keyA);
    await rm(store.files.metadata(keyA));
    expect(await store.has(keyA)).toBe(false);
    store = await openStore();
    expect(await readdir(home.artifacts)).toEqual([]);
  });

  it('refuses to become one of a file that is not whole', async () => {
    const temporary = store.temporaryPath(keyA);
    await writeFrames(temporary, 1);
    await truncate(temporary, 200);
    await expect(store.commit(keyA, temporary, origin)).rejects.toMatchObject({ code: 'artifact-corrupt' });
    expect(await store.has(keyA)).toBe(false);
  });

  it('keeps its frames while somebody reads them, whatever is removed meanwhile', async () => {
    await make(keyA, 3);
    const opened = await store.open(keyA);
    await store.remove(keyA);
    expect(await opened?.reader.read(0, 4)).toEqual(picture(3));
    await opened?.reader.close();
    expect(await store.has(keyA)).toBe(false);
  });
});

describe('a damaged artifact', () => {
  const damages: Record<string, (key: Sha256) => Promise<void>> = {
    'a truncated frame file': (key) => truncate(store.files.frames(key), 300),
    'an empty frame file': (key) => truncate(store.files.frames(key), 0),
    'a missing frame file': (key) => rm(store.files.frames(key)),
    'empty metadata': (key) => truncate(store.files.metadata(key), 0),
    'a folder in the place of its metadata': async (key) => {
      await rm(store.files.metadata(key));
      await rename(await mkdtemp(path.join(folder, 'empty-')), store.files.metadata(key));
    },
    'frames of another artifact': async (key) => {
      await make(keyC, 9);
      await copyFile(store.files.frames(keyC), store.files.frames(key));
    },
  };

  it.each(Object.keys(damages))('%s is moved aside, said so, counts as missing and can be made again', async (name) => {
    await make(keyA);
    await damages[name]!(keyA);
    expect(await store.find(keyA)).toBeUndefined();
    expect(notices).toMatchObject([{ kind: 'damaged', key: keyA }]);
    expect((await readdir(home.artifacts)).filter((file) => file.startsWith(keyA))).toEqual([]);
    await make(keyA, 5);
    expect(await framesOf(keyA)).toEqual(picture(5));
  });

  it('is found by a full check where only a frame is damaged', async () => {
    await make(keyA);
    expect(await store.verify(keyA)).toBe(true);
    const bytes = await readFile(store.files.frames(keyA));
    bytes[60] = (bytes[60] ?? 0) ^ 4;
    await writeFile(store.files.frames(keyA), bytes);
    expect(await store.verify(keyA)).toBe(false);
    expect(notices).toHaveLength(1);
    expect(await store.has(keyA)).toBe(false);
  });

  it('is left alone while somebody makes it again', async () => {
    await make(keyA);
    await truncate(store.files.frames(keyA), 10);
    const lock = await store.lock(keyA, never);
    expect(await store.find(keyA)).toBeUndefined();
    expect(notices).toEqual([]);
    await make(keyA, 2);
    await lock.release();
    expect(await framesOf(keyA)).toEqual(picture(2));
  });
});

describe('an artifact that looked damaged', () => {
  /** Lets another process of the same home do something just before this one takes a lock. */
  class LateLocks extends Locks {
    before: () => Promise<void> = () => Promise.resolve();

    override async attempt(name: string): Promise<LockAttempt> {
      const before = this.before;
      this.before = () => Promise.resolve();
      await before();
      return super.attempt(name);
    }
  }

  let late: LateLocks;
  let other: SharedHome;
  let theirs: ArtifactStore;
  beforeEach(async () => {
    late = new LateLocks(path.join(folder, 'locks'), home.locks.presence);
    store = await openArtifactStore(home.artifacts, late, (notice) => notices.push(notice));
    other = await openSharedHome(folder);
    theirs = await openArtifactStore(other.artifacts, other.locks);
    await make(keyA);
  });
  afterEach(() => other.close());

  it.each([
    ['opening', (key: Sha256) => store.find(key)],
    ['a full check', (key: Sha256) => store.verify(key)],
  ])('to %s and was made again meanwhile is left alone', async (what, look) => {
    const bytes = await readFile(store.files.frames(keyA));
    if (what === 'opening') await truncate(store.files.frames(keyA), 300);
    else await writeFile(store.files.frames(keyA), bytes.fill((bytes[60] ?? 0) ^ 4, 60, 61));
    late.before = async () => {
      const temporary = theirs.temporaryPath(keyA);
      await writeFrames(temporary, 8);
      await theirs.commit(keyA, temporary, origin);
    };
    await look(keyA);
    expect(notices).toEqual([]);
    expect(await framesOf(keyA)).toEqual(picture(8));
  });

  it('and was only removed meanwhile is no damage', async () => {
    await rm(store.files.frames(keyA));
    late.before = () => theirs.remove(keyA);
    expect(await store.find(keyA)).toBeUndefined();
    expect(notices).toEqual([]);
  });
});

describe('importing', () => {
  it('keeps the same pictures once, by their content', async () => {
    const file = path.join(folder, 'clip');
    await writeFrames(file, 4);
    const reader = await openFrameFile(file);
    const first = await store.import(reader, never);
    const second = await store.import(reader, never);
    await reader.close();
    expect(second).toEqual(first);
    expect(first).toMatchObject({ frames: 4, height: 6, width: 10 });
    expect(await framesOf(first.sha256)).toEqual(picture(4));
    expect(await readdir(home.artifacts)).toHaveLength(2);
  });

  it('leaves nothing of a source that breaks or is cancelled', async () => {
    const broken = { ...shape, read: () => Promise.reject(new Error('gone')) };
    await expect(store.import(broken, never)).rejects.toThrow('gone');
    const fine = { ...shape, read: () => Promise.resolve(picture(1).subarray(0, 180)) };
    await expect(store.import(fine, AbortSignal.abort())).rejects.toThrow();
    const temporary = store.temporaryImportPath();
    await writeFrames(temporary, 1);
    await expect(store.adopt(temporary, AbortSignal.abort())).rejects.toThrow();
    await writeFile(temporary, 'no frame file');
    await expect(store.adopt(temporary, never)).rejects.toMatchObject({ code: 'artifact-corrupt' });
    expect(await readdir(home.artifacts)).toEqual([]);
  });
});

describe('leftovers', () => {
  it('of dead processes go, those of living ones stay', async () => {
    const dead = store.files.partial('x', '1-0123456789abcdef');
    const living = store.temporaryPath(keyB);
    for (const file of [dead, living]) await writeFile(file, 'part');
    await openStore();
    await expect(stat(dead)).rejects.toThrow();
    await expect(stat(living)).resolves.toBeDefined();
  });

  it('of a removal that was not finished: the artifact is back', async () => {
    await make(keyA, 6);
    await rename(store.files.metadata(keyA), store.files.removing(keyA, '1-0123456789abcdef'));
    await writeFile(store.files.removing(keyB, '1-0123456789abcdef'), 'metadata without frames');
    store = await openStore();
    expect(await framesOf(keyA)).toEqual(picture(6));
    expect((await readdir(home.artifacts)).sort()).toEqual([`${keyA}.frames`, `${keyA}.json`]);
  });

  it('stay while their artifact is being committed', async () => {
    await make(keyA);
    await rm(store.files.metadata(keyA));
    const lock = await store.lock(keyA, never);
    await openStore();
    await expect(stat(store.files.frames(keyA))).resolves.toBeDefined();
    await lock.release();
  });
});

describe('eviction', () => {
  async function usedAt(key: Sha256, seconds: number): Promise<void> {
    await utimes(store.files.frames(key), seconds, seconds);
  }

  beforeEach(async () => {
    for (const [i, key] of [keyA, keyB, keyC].entries()) {
      await make(key, i + 1);
      await usedAt(key, 1_000 + i);
    }
  });

  it('removes what was used longest ago until the rest fits, and use counts', async () => {
    await store.find(keyA);
    const sizes = (await store.list()).map((artifact) => artifact.metadata.sizeBytes);
    const limit = Math.max(...sizes);
    const { removed, sizeBytes } = await evictToLimit(store, limit);
    expect(removed).toEqual([keyB, keyC]);
    expect(sizeBytes).toBeLessThanOrEqual(limit);
    expect((await store.list()).map((artifact) => artifact.key)).toEqual([keyA]);
  });

  it('never removes what a project or a running job pins, or what is being made', async () => {
    await store.pins.set('project-1', [keyA]);
    const run = await store.pins.holdForRun([keyB]);
    const lock = await store.lock(keyC, never);
    expect((await evictToLimit(store, 0)).removed).toEqual([]);
    await lock.release();
    expect((await evictToLimit(store, 0)).removed).toEqual([keyC]);
    await run.release();
    expect((await evictToLimit(store, 0)).removed).toEqual([keyB]);
    await expect(store.remove(keyA)).rejects.toMatchObject({ code: 'invalid-argument' });
    await store.pins.clear('project-1');
    expect((await evictToLimit(store, 0)).removed).toEqual([keyA]);
  });

  it('sees the pins of other processes, and forgets those of dead ones', async () => {
    const other = await openSharedHome(folder);
    const theirs = await openArtifactStore(other.artifacts, other.locks);
    await theirs.pins.holdForRun([keyA]);
    expect((await evictToLimit(store, 0)).removed).toEqual([keyB, keyC]);
    await other.close();
    expect((await evictToLimit(store, 0)).removed).toEqual([keyA]);
    expect(await readdir(store.files.pins)).toEqual([]);
  });

  it('removes nothing when it cannot tell what is pinned', async () => {
    await store.pins.set('project-1', [keyA]);
    await truncate(path.join(store.files.pins, 'project-1.json'), 0);
    await expect(evictToLimit(store, 0)).rejects.toMatchObject({ code: 'artifact-corrupt' });
    for (const key of [keyA, keyB, keyC]) expect(await store.has(key)).toBe(true);
  });

  it('refuses owners that would be paths', async () => {
    await expect(store.pins.set('../x', [])).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});
