import { readdir, truncate, utimes } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Sha256 } from '#shared/units';
import { openSharedHome } from '../files/shared-home';
import { openArtifactStore } from './artifact-store';
import { evictToLimit } from './eviction';
import { keyA, keyB, keyC, never, usePlace } from './artifacts.test-support';

const at = usePlace();

describe('eviction', () => {
  async function usedAt(key: Sha256, seconds: number): Promise<void> {
    await utimes(at.store.files.frames(key), seconds, seconds);
  }

  beforeEach(async () => {
    for (const [i, key] of [keyA, keyB, keyC].entries()) {
      await at.make(key, i + 1);
      await usedAt(key, 1_000 + i);
    }
  });

  it('removes what was used longest ago until the rest fits, and use counts', async () => {
    await at.store.find(keyA);
    const sizes = (await at.store.list()).map((artifact) => artifact.metadata.sizeBytes);
    const limit = Math.max(...sizes);
    const { removed, sizeBytes } = await evictToLimit(at.store, limit);
    expect(removed).toEqual([keyB, keyC]);
    expect(sizeBytes).toBeLessThanOrEqual(limit);
    expect((await at.store.list()).map((artifact) => artifact.key)).toEqual([keyA]);
  });

  it('never removes what a project or a running job pins, or what is being made', async () => {
    await at.store.pins.set('project-1', [keyA]);
    const run = await at.store.pins.holdForRun([keyB]);
    const lock = await at.store.lock(keyC, never);
    expect((await evictToLimit(at.store, 0)).removed).toEqual([]);
    await lock.release();
    expect((await evictToLimit(at.store, 0)).removed).toEqual([keyC]);
    await run.release();
    expect((await evictToLimit(at.store, 0)).removed).toEqual([keyB]);
    await expect(at.store.remove(keyA)).rejects.toMatchObject({ code: 'invalid-argument' });
    await at.store.pins.clear('project-1');
    expect((await evictToLimit(at.store, 0)).removed).toEqual([keyA]);
  });

  it('sees the pins of other processes, and forgets those of dead ones', async () => {
    const other = await openSharedHome(at.folder);
    const theirs = await openArtifactStore(other.artifacts, other.locks);
    await theirs.pins.holdForRun([keyA]);
    expect((await evictToLimit(at.store, 0)).removed).toEqual([keyB, keyC]);
    await other.close();
    expect((await evictToLimit(at.store, 0)).removed).toEqual([keyA]);
    expect(await readdir(at.store.files.pins)).toEqual([]);
  });

  it('removes nothing when it cannot tell what is pinned', async () => {
    await at.store.pins.set('project-1', [keyA]);
    await truncate(path.join(at.store.files.pins, 'project-1.json'), 0);
    await expect(evictToLimit(at.store, 0)).rejects.toMatchObject({ code: 'artifact-corrupt' });
    for (const key of [keyA, keyB, keyC]) expect(await at.store.has(key)).toBe(true);
  });

  it('refuses owners that would be paths', async () => {
    await expect(at.store.pins.set('../x', [])).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});
