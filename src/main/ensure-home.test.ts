import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ensureHome, nearestFolder } from './ensure-home';

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-home-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('makes every folder on the way, and is content when they are there', async () => {
  const home = path.join(folder, 'a', 'b', 'c');
  expect(await nearestFolder(home)).toBe(folder);
  await Promise.all([ensureHome(home), ensureHome(home)]);
  await ensureHome(home);
  expect(existsSync(home)).toBe(true);
  expect(await nearestFolder(home)).toBe(home);
});

it('names the file that is in the way', async () => {
  const file = path.join(folder, 'file');
  writeFileSync(file, '');
  await expect(ensureHome(path.join(file, 'home'))).rejects.toMatchObject({
    code: 'invalid-argument',
    message: expect.stringContaining(`"${file}" is a file`) as string,
  });
});

it.runIf(process.platform === 'linux')('ends where the system makes no folders', async () => {
  await expect(ensureHome('/proc/sluice/home')).rejects.toMatchObject({ code: 'invalid-argument' });
});
