import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { diskError } from '#frames/disk-errors';
import { freeBytes, requireSpace } from './disk-space';
import { writeDurably } from './durable-write';
import { readJsonFile, writeJsonFile } from './json-file';
import { openSharedHome } from './shared-home';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sluice-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a durable write', () => {
  it('replaces the file and leaves nothing beside it', async () => {
    const file = path.join(folder, 'state');
    await writeDurably(file, 'old');
    await writeDurably(file, 'new');
    expect(await readFile(file, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['state']);
  });

  it('keeps the old file and leaves nothing beside it when it fails', async () => {
    const file = path.join(folder, 'state');
    await mkdir(path.join(file, 'in the way'), { recursive: true });
    await expect(writeDurably(file, 'new')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['state']);
  });
});

describe('a JSON file', () => {
  const schema = z.strictObject({ count: z.int() });

  it('is read back, or said to be absent or damaged', async () => {
    const file = path.join(folder, 'state.json');
    expect(await readJsonFile(file, schema)).toEqual({ kind: 'absent' });
    await writeJsonFile(file, { count: 3 });
    expect(await readJsonFile(file, schema)).toEqual({ kind: 'read', value: { count: 3 } });
    for (const length of [5, 0]) {
      await truncate(file, length);
      expect(await readJsonFile(file, schema)).toEqual({ kind: 'damaged' });
    }
    await writeFile(file, '{"count":"three"}');
    expect(await readJsonFile(file, schema)).toEqual({ kind: 'damaged' });
    await rm(file);
    await mkdir(file);
    expect(await readJsonFile(file, schema)).toEqual({ kind: 'damaged' });
  });
});

describe('disk space', () => {
  it('is refused with the numbers when there is too little', async () => {
    await expect(requireSpace(folder, 1, 'This test')).resolves.toBeUndefined();
    const tooMuch = (await freeBytes(folder)) + 1;
    await expect(requireSpace(folder, tooMuch, 'This test')).rejects.toMatchObject({ code: 'disk-full' });
  });
});

describe('disk errors', () => {
  const systemError = (code: string) => Object.assign(new Error(code), { code });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EROFS', 'disk-read-only'],
    ['EACCES', 'disk-read-only'],
  ])('%s becomes %s with its remedy and cause', (code, expected) => {
    const cause = systemError(code);
    const error = diskError(cause, 'write', '/some/file');
    expect(error).toMatchObject({ code: expected, details: { path: '/some/file', code }, cause });
  });

  it.skipIf(process.platform !== 'linux')('a home where nothing may be written is said so', async () => {
    await expect(openSharedHome('/sys/sluice')).rejects.toMatchObject({ code: 'disk-read-only' });
  });

  it('leaves other errors as they are', () => {
    const error = systemError('EIO');
    expect(diskError(error, 'write', '/some/file')).toBe(error);
  });
});
