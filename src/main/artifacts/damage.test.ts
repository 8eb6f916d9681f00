import { copyFile, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sha256 } from '#shared/units';
import { Locks, type LockAttempt } from '../files/lock';
import { openSharedHome, type SharedHome } from '../files/shared-home';
import { openArtifactStore, type ArtifactStore } from './artifact-store';
import { keyA, keyC, never, origin, picture, usePlace, writeFrames } from './artifacts.test-support';

const at = usePlace();

describe('a damaged artifact', () => {
  const damages: Record<string, (key: Sha256) => Promise<void>> = {
    'a truncated frame file': (key) => truncate(at.store.files.frames(key), 300),
    'an empty frame file': (key) => truncate(at.store.files.frames(key), 0),
    'a missing frame file': (key) => rm(at.store.files.frames(key)),
    'empty metadata': (key) => truncate(at.store.files.metadata(key), 0),
    'a folder in the place of its metadata': async (key) => {
      await rm(at.store.files.metadata(key));
      await rename(await mkdtemp(path.join(at.folder, 'empty-')), at.store.files.metadata(key));
    },
    'frames of another artifact': async (key) => {
      await at.make(keyC, 9);
      await copyFile(at.store.files.frames(keyC), at.store.files.frames(key));
    },
  };

  it.each(Object.keys(damages))('%s is moved aside, said so, counts as missing and can be made again', async (name) => {
    await at.make(keyA);
    await damages[name]!(keyA);
    expect(await at.store.find(keyA)).toBeUndefined();
    expect(at.notices).toMatchObject([{ kind: 'damaged', key: keyA }]);
    expect((await readdir(at.home.artifacts)).filter((file) => file.startsWith(keyA))).toEqual([]);
    await at.make(keyA, 5);
    expect(await at.framesOf(keyA)).toEqual(picture(5));
  });

  it('is found by a full check where only a frame is damaged', async () => {
    await at.make(keyA);
    expect(await at.store.verify(keyA)).toBe(true);
    const bytes = await readFile(at.store.files.frames(keyA));
    bytes[60] = (bytes[60] ?? 0) ^ 4;
    await writeFile(at.store.files.frames(keyA), bytes);
    expect(await at.store.verify(keyA)).toBe(false);
    expect(at.notices).toHaveLength(1);
    expect(await at.store.has(keyA)).toBe(false);
  });

  it('is left alone while somebody makes it again', async () => {
    await at.make(keyA);
    await truncate(at.store.files.frames(keyA), 10);
    const lock = await at.store.lock(keyA, never);
    expect(await at.store.find(keyA)).toBeUndefined();
    expect(at.notices).toEqual([]);
    await at.make(keyA, 2);
    await lock.release();
    expect(await at.framesOf(keyA)).toEqual(picture(2));
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
    late = new LateLocks(path.join(at.folder, 'locks'), at.home.locks.presence);
    at.store = await openArtifactStore(at.home.artifacts, late, (notice) => at.notices.push(notice));
    other = await openSharedHome(at.folder);
    theirs = await openArtifactStore(other.artifacts, other.locks);
    await at.make(keyA);
  });
  afterEach(() => other.close());

  it.each([
    ['opening', (key: Sha256) => at.store.find(key)],
    ['a full check', (key: Sha256) => at.store.verify(key)],
  ])('to %s and was made again meanwhile is left alone', async (what, look) => {
    const bytes = await readFile(at.store.files.frames(keyA));
    if (what === 'opening') await truncate(at.store.files.frames(keyA), 300);
    else await writeFile(at.store.files.frames(keyA), bytes.fill((bytes[60] ?? 0) ^ 4, 60, 61));
    late.before = async () => {
      const temporary = theirs.temporaryPath(keyA);
      await writeFrames(temporary, 8);
      await theirs.commit(keyA, temporary, origin);
    };
    await look(keyA);
    expect(at.notices).toEqual([]);
    expect(await at.framesOf(keyA)).toEqual(picture(8));
  });

  it('and was only removed meanwhile is no damage', async () => {
    await rm(at.store.files.frames(keyA));
    late.before = () => theirs.remove(keyA);
    expect(await at.store.find(keyA)).toBeUndefined();
    expect(at.notices).toEqual([]);
  });
});
