import { readdir, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFrameFile } from '#frames/reader';
import { openSharedHome } from '../files/shared-home';
import { openArtifactStore } from './artifact-store';
import { keyA, keyB, never, origin, picture, shape, usePlace, writeFrames } from './artifacts.test-support';

const at = usePlace();

describe('an artifact', () => {
  it('is there once committed, also after a restart, with what is known of it', async () => {
    expect(await at.store.has(keyA)).toBe(false);
    await at.make(keyA, 7);
    const other = await openSharedHome(at.folder);
    const again = await openArtifactStore(other.artifacts, other.locks);
    const artifact = await again.find(keyA);
    expect(artifact?.metadata).toMatchObject({ ...shape, key: keyA, origin });
    expect(artifact?.metadata.sizeBytes).toBe((await stat(artifact!.path)).size);
    expect(await at.framesOf(keyA)).toEqual(picture(7));
    expect((await readdir(at.home.artifacts)).sort()).toEqual([`${keyA}.frames`, `${keyA}.json`]);
    await other.close();
  });

  it('is not there without its metadata, and its frames are cleared away', async () => {
    await at.make(keyA);
    await rm(at.store.files.metadata(keyA));
    expect(await at.store.has(keyA)).toBe(false);
    at.store = await at.openStore();
    expect(await readdir(at.home.artifacts)).toEqual([]);
  });

  it('refuses to become one of a file that is not whole', async () => {
    const temporary = at.store.temporaryPath(keyA);
    await writeFrames(temporary, 1);
    await truncate(temporary, 200);
    await expect(at.store.commit(keyA, temporary, origin)).rejects.toMatchObject({ code: 'artifact-corrupt' });
    expect(await at.store.has(keyA)).toBe(false);
  });

  it('keeps its frames while somebody reads them, whatever is removed meanwhile', async () => {
    await at.make(keyA, 3);
    const opened = await at.store.open(keyA);
    await at.store.remove(keyA);
    expect(await opened?.reader.read(0, 4)).toEqual(picture(3));
    await opened?.reader.close();
    expect(await at.store.has(keyA)).toBe(false);
  });
});

describe('importing', () => {
  it('keeps the same pictures once, by their content', async () => {
    const file = path.join(at.folder, 'clip');
    await writeFrames(file, 4);
    const reader = await openFrameFile(file);
    const first = await at.store.import(reader, never);
    const second = await at.store.import(reader, never);
    await reader.close();
    expect(second).toEqual(first);
    expect(first).toMatchObject({ frames: 4, height: 6, width: 10 });
    expect(await at.framesOf(first.sha256)).toEqual(picture(4));
    expect(await readdir(at.home.artifacts)).toHaveLength(2);
  });

  it('leaves nothing of a source that breaks or is cancelled', async () => {
    const broken = { ...shape, read: () => Promise.reject(new Error('gone')) };
    await expect(at.store.import(broken, never)).rejects.toThrow('gone');
    const fine = { ...shape, read: () => Promise.resolve(picture(1).subarray(0, 180)) };
    await expect(at.store.import(fine, AbortSignal.abort())).rejects.toThrow();
    const temporary = at.store.temporaryImportPath();
    await writeFrames(temporary, 1);
    await expect(at.store.adopt(temporary, AbortSignal.abort())).rejects.toThrow();
    await writeFile(temporary, 'no frame file');
    await expect(at.store.adopt(temporary, never)).rejects.toMatchObject({ code: 'artifact-corrupt' });
    expect(await readdir(at.home.artifacts)).toEqual([]);
  });
});

describe('leftovers', () => {
  it('of dead processes go, those of living ones stay', async () => {
    const dead = at.store.files.partial('x', '1-0123456789abcdef');
    const living = at.store.temporaryPath(keyB);
    for (const file of [dead, living]) await writeFile(file, 'part');
    await at.openStore();
    await expect(stat(dead)).rejects.toThrow();
    await expect(stat(living)).resolves.toBeDefined();
  });

  it('of a removal that was not finished: the artifact is back', async () => {
    await at.make(keyA, 6);
    await rename(at.store.files.metadata(keyA), at.store.files.removing(keyA, '1-0123456789abcdef'));
    await writeFile(at.store.files.removing(keyB, '1-0123456789abcdef'), 'metadata without frames');
    at.store = await at.openStore();
    expect(await at.framesOf(keyA)).toEqual(picture(6));
    expect((await readdir(at.home.artifacts)).sort()).toEqual([`${keyA}.frames`, `${keyA}.json`]);
  });

  it('stay while their artifact is being committed', async () => {
    await at.make(keyA);
    await rm(at.store.files.metadata(keyA));
    const lock = await at.store.lock(keyA, never);
    await at.openStore();
    await expect(stat(at.store.files.frames(keyA))).resolves.toBeDefined();
    await lock.release();
  });
});
