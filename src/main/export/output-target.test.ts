import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { scratchFolder } from '../media/ffmpeg.test-support';
import { beginOutput, commitOutput } from './commit-output';
import { prepareOutput } from './output-target';

const folder = scratchFolder();
const at = (name: string): string => path.join(folder, name);

it('refuses what exists, and replaces it when told to', async () => {
  writeFileSync(at('a.mp4'), 'old');
  await expect(prepareOutput(at('a.mp4'), 'file', false)).rejects.toMatchObject({ code: 'output-exists' });
  const target = await prepareOutput(at('a.mp4'), 'file', true);
  writeFileSync(await beginOutput(target), 'new');
  await commitOutput(target, '{}');
  expect(readFileSync(at('a.mp4'), 'utf8')).toBe('new');
  expect(readFileSync(at('a.mp4.recipe.json'), 'utf8')).toBe('{}');
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});

it('refuses a recipe that exists beside', async () => {
  writeFileSync(at('b.mp4.recipe.json'), '{}');
  await expect(prepareOutput(at('b.mp4'), 'file', false)).rejects.toMatchObject({ code: 'output-exists' });
});

it('replaces a folder of exported pictures, and no other folder, whatever is asked', async () => {
  mkdirSync(at('pictures'));
  writeFileSync(at('pictures/frame-000000.png'), 'old');
  await expect(prepareOutput(at('pictures'), 'folder', false)).rejects.toMatchObject({ code: 'output-exists' });
  const target = await prepareOutput(at('pictures'), 'folder', true);
  writeFileSync(path.join(await beginOutput(target), 'frame-000000.png'), 'new');
  await commitOutput(target, undefined);
  expect(readFileSync(at('pictures/frame-000000.png'), 'utf8')).toBe('new');
  writeFileSync(at('pictures/thesis.txt'), 'precious');
  await expect(prepareOutput(at('pictures'), 'folder', true)).rejects.toMatchObject({ code: 'output-exists' });
  await expect(prepareOutput(at('pictures'), 'file', true)).rejects.toMatchObject({ code: 'output-exists' });
});

it('puts a replaced folder back where the new one cannot take its place', async ({ skip }) => {
  mkdirSync(at('kept'));
  writeFileSync(at('kept/frame-000000.png'), 'old');
  const target = await prepareOutput(at('kept'), 'folder', true);
  // What something is mounted on cannot be renamed.
  const passing = await beginOutput(target);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', passing]);
  if (mounted.status !== 0) skip('not run: only root can mount');
  try {
    await expect(commitOutput(target, undefined)).rejects.toThrow('EBUSY');
    expect(readFileSync(at('kept/frame-000000.png'), 'utf8')).toBe('old');
  } finally {
    spawnSync('umount', [passing]);
  }
});

it('refuses a name that is too long with its recipe, and a folder that is not there', async () => {
  await expect(prepareOutput(at(`${'é'.repeat(124)}.mp4`), 'file', false)).rejects.toMatchObject({
    code: 'invalid-argument',
  });
  await expect(prepareOutput(at('none/a.mp4'), 'file', false)).rejects.toMatchObject({ code: 'invalid-argument' });
  await expect(prepareOutput(at('a.mp4/b.mp4'), 'file', false)).rejects.toMatchObject({ code: 'invalid-argument' });
});

it('clears away what killed exports left a day ago, and nothing else', async () => {
  const old = new Date(Date.now() - 25 * 3600 * 1000);
  const names = [
    '.sluice-0123456789ab.partial',
    '.sluice-0123456789ab.partial-metadata',
    '.sluice-notes',
    '.sluice-ffffffffffff.partial',
  ];
  for (const name of names) writeFileSync(at(name), '');
  for (const name of names.slice(0, 3)) utimesSync(at(name), old, old);
  await beginOutput(await prepareOutput(at('c.mp4'), 'file', false));
  expect(names.map((name) => existsSync(at(name)))).toEqual([false, false, true, true]);
});
