import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { sha256Schema } from '#shared/units';
import type { Presence } from '../files/presence';
import { scratchFolder } from './ffmpeg.test-support';
import { PreparedMedia } from './prepared-media';

const scratch = scratchFolder();
const [alive, dead] = ['1-0123456789abcdef', '2-0123456789abcdef'];
const presence: Presence = {
  id: alive,
  isAlive: (id) => Promise.resolve(id === alive),
  close: () => Promise.resolve(),
};
const hashOf = (digit: string) => sha256Schema.parse(digit.repeat(64));
const [first, second, third] = [hashOf('a'), hashOf('b'), hashOf('c')];

let folder: string;
let count = 0;
beforeEach(() => {
  count += 1;
  folder = path.join(scratch, String(count));
});
const bytes = (size: number) => (at: string) => writeFile(path.join(at, 'part'), Buffer.alloc(size));

it('has a part only once it is whole, and makes it once however many ask', async () => {
  const prepared = await PreparedMedia.open({ folder, presence });
  expect(await prepared.find(first, 'film')).toBeUndefined();
  let filled = 0;
  const fill = async (at: string): Promise<void> => {
    filled += 1;
    await bytes(1)(at);
    expect(await prepared.find(first, 'film')).toBeUndefined();
  };
  await Promise.all([prepared.make(first, 'film', fill), prepared.make(first, 'film', fill)]);
  expect(filled).toBe(1);
  expect(await prepared.find(first, 'film')).toBe(path.join(folder, `${first}-film`));
});

it('leaves nothing of what failed', async () => {
  const prepared = await PreparedMedia.open({ folder, presence });
  const failing = prepared.make(first, 'sound', async (at) => {
    await bytes(9)(at);
    throw new Error('the disk is gone');
  });
  await expect(failing).rejects.toThrow('the disk is gone');
  expect(await readdir(folder)).toEqual([]);
});

it('takes what another process made meanwhile', async () => {
  const prepared = await PreparedMedia.open({ folder, presence });
  const made = await prepared.make(first, 'film', async (at) => {
    await bytes(1)(at);
    await mkdir(path.join(folder, `${first}-film`));
    await writeFile(path.join(folder, `${first}-film`, 'part'), 'theirs');
  });
  expect(await readdir(made)).toEqual(['part']);
  expect(await readdir(folder)).toEqual([`${first}-film`]);
});

it('clears away what dead processes left, and nothing else', async () => {
  const [theirs, mine] = [`${first}-film.${dead}.00.partial`, `${first}-film.${alive}.00.partial`];
  for (const name of [theirs, mine, `${second}-sound`, 'known-files.json'])
    await mkdir(path.join(folder, name), { recursive: true });
  await PreparedMedia.open({ folder, presence });
  expect((await readdir(folder)).sort()).toEqual([mine, `${second}-sound`, 'known-files.json'].sort());
});

it('makes room by what was used longest ago, but for what is in use', async () => {
  const prepared = await PreparedMedia.open({ folder, presence, limitBytes: 2500 });
  prepared.keep(second);
  for (const [index, media] of [first, second].entries()) {
    const made = await prepared.make(media, 'film', bytes(1000));
    await utimes(made, 1000 + index, 1000 + index);
  }
  await prepared.make(third, 'film', bytes(1000));
  expect((await readdir(folder)).sort()).toEqual([`${second}-film`, `${third}-film`]);
});
