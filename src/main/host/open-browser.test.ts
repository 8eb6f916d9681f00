import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Presence } from '../files/presence';
import { removeOldEntries } from './open-browser';

const [own, living, dead] = ['1-0123456789abcdef', '2-0123456789abcdef', '3-0123456789abcdef'];
const presence: Presence = {
  id: own,
  isAlive: (id) => Promise.resolve(id !== dead),
  close: () => Promise.resolve(),
};

it('entries of dead processes are removed, and those that name none; nothing else is', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-entries-'));
  const entry = (owner: string) => `enter-${owner}0123456789abcdef.html`;
  const kept = [entry(`${own}-`), entry(`${living}-`), 'enter-notes.html', 'settings.json'];
  for (const name of [...kept, entry(`${dead}-`), entry('')]) await writeFile(path.join(folder, name), '');
  await removeOldEntries({ folder, presence });
  expect((await readdir(folder)).sort()).toEqual(kept.sort());
  await rm(folder, { recursive: true });
});
