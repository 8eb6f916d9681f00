/** Opening a project's archive, as a window sees it. */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { cancellation, isCancellation } from '#shared/errors';
import { film, withClips } from '#shared/project/project.test-fixtures';
import type { ImportArchiveEvent } from '#shared/studio/project-archives';
import { sha256Schema } from '#shared/units';
import { archiveProject } from '../projects/archive';
import { startStudio, temporaryHome } from './studio.test-support';

const filmBytes = 20_000_000;

/** A project with a large film, in one file. */
async function archived(folder: string): Promise<string> {
  const content = Buffer.alloc(filmBytes, 7);
  const sha256 = sha256Schema.parse(createHash('sha256').update(content).digest('hex'));
  const from = path.join(folder, 'film.bin');
  await writeFile(from, content);
  const project = { ...withClips('a'), media: new Map([[film.id, { ...film, sha256 }]]) };
  const file = path.join(folder, 'harbour.zip');
  await archiveProject(project, { media: [{ sha256, path: from }], frames: [] }, file);
  return file;
}

it('tells how much is read, and ends with the folder of the project', async () => {
  const { folder, open } = await startStudio(await temporaryHome(), { packs: [] });
  const window = await open();
  const file = await archived(folder);
  const told: ImportArchiveEvent[] = [];
  for await (const event of window.stream('importArchive', { file })) told.push(event);
  const last = told.pop();
  const read = told.flatMap((event) => (event.kind === 'progress' ? [event.done] : []));
  expect([read.length > 1, read]).toEqual([true, read.toSorted((a, b) => a - b)]);
  expect(told).toEqual(read.map((done) => ({ kind: 'progress', done, of: filmBytes })));
  expect(last?.kind).toBe('imported');
  const brought = last?.kind === 'imported' ? last.folder : '';
  const [sha256 = ''] = await readdir(path.join(brought, 'media'));
  expect(await readFile(path.join(brought, 'media', sha256))).toHaveLength(filmBytes);
  expect((await window.request('openProject', { folder: brought })).project.title).toBe('Test');
});

it('leaves nothing where it is cancelled', async () => {
  const { folder, open } = await startStudio(await temporaryHome(), { packs: [] });
  const window = await open();
  const file = await archived(folder);
  const parent = path.join(folder, 'opened');
  const stop = new AbortController();
  const untilStopped = async (): Promise<void> => {
    for await (const { kind } of window.stream('importArchive', { file, parent }, stop.signal))
      if (kind === 'progress') stop.abort(cancellation());
  };
  await expect(untilStopped()).rejects.toSatisfy(isCancellation);
  await vi.waitFor(async () => expect(await readdir(parent)).toEqual([]));
  expect((await window.request('recentProjects', {})).projects).toEqual([]);
});
