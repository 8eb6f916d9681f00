import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { projectArguments } from './project-arguments';

it('finds what is called like a project among what the system and Chromium put into arguments, also where none is there', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-arguments-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const harbour = path.join(folder, 'Harbour.sluice');
  await mkdir(harbour);
  await mkdir(path.join(folder, 'Not a project'));
  await writeFile(path.join(folder, 'film.sluice'), 'a file');
  const args = ['--flag=/x.sluice', '-psn_0_1', 'Harbour.sluice', harbour, path.join(harbour, 'project.json')];
  expect(projectArguments([...args, 'Not a project', 'film.sluice', 'gone.sluice', ''], folder)).toEqual([
    harbour,
    path.join(folder, 'film.sluice'),
    path.join(folder, 'gone.sluice'),
  ]);
});
