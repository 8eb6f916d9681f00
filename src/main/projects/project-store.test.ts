import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { renameDurably } from '../files/durable-write';
import { layoutOf } from './layout';
import { watched } from './faulty-files.test-fixtures';
import { mark, marks, usePlace } from './projects.test-fixtures';

const place = usePlace();

describe('a project', () => {
  it('is there again after closing, with its edits, and opens the same twice', async () => {
    const store = await place.store();
    const project = await store.create(place.folder, 'My film');
    expect(path.basename(project.directory)).toBe('My film.sluice');
    expect(project.state).toEqual({ kind: 'saved' });
    expect(await mark(project, 5)).toEqual({ revision: 1, saved: true });
    await project.close();
    expect(project.state).toEqual({ kind: 'closed' });
    await expect(mark(project, 6)).rejects.toMatchObject({ code: 'project-locked' });

    const again = await (await place.store()).open(project.directory);
    expect(again.project).toEqual(project.project);
    expect(again.revision).toBe(1);
    await again.close();
  });

  it('is shared by those who open it in one process, and closes with the last', async () => {
    const store = await place.store();
    const first = await store.create(place.folder, 'Shared');
    const second = await store.open(first.directory);
    const seen: number[] = [];
    second.subscribe((event) => event.kind === 'changed' && seen.push(event.entry.revision));
    await mark(first, 1);
    expect(second).toBe(first);
    expect(seen).toEqual([1]);
    await first.close();
    expect(await mark(second, 2)).toEqual({ revision: 2, saved: true });
    await second.close();
    expect(marks(await store.open(first.directory))).toEqual([1, 2]);
  });

  it('opens anew when it is opened while it closes', async () => {
    const store = await place.store();
    const first = await store.create(place.folder, 'Reopened');
    await mark(first, 1);
    const [, second] = await Promise.all([first.close(), store.open(first.directory)]);
    expect(second).not.toBe(first);
    expect(await mark(second, 2)).toEqual({ revision: 2, saved: true });
  });

  it('takes an edit that is sent twice once', async () => {
    const project = await (await place.store()).create(place.folder, 'Twice');
    const edit = {
      id: 'edit-once',
      label: 'set-range',
      patches: [{ op: 'add', path: ['range'], value: { inFrame: 1, outFrame: 2 } }],
    } as unknown as Parameters<typeof project.apply>[0];
    expect(await project.apply(edit)).toEqual({ revision: 1, saved: true });
    expect(await project.apply(edit)).toEqual({ revision: 1, saved: true });
    await project.close();
    const again = await (await place.store()).open(project.directory);
    expect(again.revision).toBe(1);
  });

  it('gets another folder name where one is taken, and a plain one for a wild title', async () => {
    const store = await place.store();
    const names = [];
    for (const title of ['Film', 'Film', '../etc/passwd', 'CON', 'a'.repeat(200), '…', 'x:y|z?'])
      names.push(path.basename((await store.create(place.folder, title)).directory));
    expect(names).toEqual([
      'Film.sluice',
      'Film 2.sluice',
      'etc passwd.sluice',
      'CON_.sluice',
      `${'a'.repeat(120)}.sluice`,
      '….sluice',
      'x y z.sluice',
    ]);
    expect((await readdir(place.folder)).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('is told from what is none', async () => {
    const store = await place.store();
    await expect(store.open(path.join(place.folder, 'nowhere'))).rejects.toMatchObject({ code: 'project-not-found' });
    await expect(store.open(place.folder)).rejects.toMatchObject({ code: 'project-not-found' });
  });
});

describe('copies and names', () => {
  it('duplicates with an id of its own, and renames title and folder', async () => {
    const store = await place.store();
    const project = await store.create(place.folder, 'One');
    await mark(project, 3);
    await expect(store.rename(project.directory, 'Two')).rejects.toMatchObject({ code: 'project-locked' });
    await project.close();

    const copy = await store.open(await store.duplicate(project.directory, 'Copy'));
    expect(copy.project).toEqual({ ...project.project, id: copy.project.id, title: 'Copy' });
    expect(copy.project.id).not.toBe(project.project.id);
    expect(copy.revision).toBe(0);

    const folder = await store.rename(project.directory, 'Two');
    expect(path.basename(folder)).toBe('Two.sluice');
    const renamed = await store.open(folder);
    expect(renamed.project).toEqual({ ...project.project, title: 'Two' });
    await expect(store.open(project.directory)).rejects.toMatchObject({ code: 'project-not-found' });
  });

  it('saves as another project and goes on there, history included', async () => {
    const store = await place.store();
    const project = await store.create(place.folder, 'First');
    const first = project.directory;
    for (const frame of [1, 2, 3]) await mark(project, frame);
    await store.saveAs(project, path.join(place.folder, 'Second'));
    expect(path.basename(project.directory)).toBe('Second.sluice');
    await mark(project, 4);
    await project.close();

    const second = await store.open(project.directory);
    for (let step = 0; step < 4; step += 1) await second.undo();
    expect(marks(second)).toEqual([]);
    for (let step = 0; step < 4; step += 1) await second.redo();
    expect(marks(second)).toEqual([1, 2, 3, 4]);
    const old = await (await place.store()).open(first);
    expect(old.state).toEqual({ kind: 'saved' });
    expect(marks(old)).toEqual([1, 2, 3]);
    await expect(store.saveAs(second, first)).rejects.toMatchObject({ code: 'output-exists' });
  });

  it('lists what was opened last, says what is gone, and survives a damaged list', async () => {
    const store = await place.store();
    for (const title of ['A', 'B']) await (await store.create(place.folder, title)).close();
    await rm(path.join(place.folder, 'A.sluice'), { recursive: true });
    expect((await store.recent.list()).map(({ title, exists }) => [title, exists])).toEqual([
      ['B', true],
      ['A', false],
    ]);
    await store.recent.forget(path.join(place.folder, 'A.sluice'));
    expect((await store.recent.list()).map(({ title }) => title)).toEqual(['B']);
    await writeFile(path.join(place.folder, 'recent.json'), '{"projects":');
    expect(await store.recent.list()).toEqual([]);
    await store.open(path.join(place.folder, 'B.sluice'));
    expect((await store.recent.list()).map(({ title }) => title)).toEqual(['B']);
  });
});

describe('two openers', () => {
  it('lets the second one read, says so, and frees the project on closing', async () => {
    const [a, b] = [await place.store(), await place.store()];
    const first = await a.create(place.folder, 'Locked');
    await mark(first, 1);
    const second = await b.open(first.directory);
    expect(second.state.kind).toBe('read-only');
    expect(second.state).toHaveProperty('holder', expect.stringMatching(new RegExp(`^${process.pid}-`)));
    expect(marks(second)).toEqual([1]);
    await expect(mark(second, 2)).rejects.toMatchObject({ code: 'project-locked' });
    await expect(second.undo()).rejects.toMatchObject({ code: 'project-locked' });
    await second.close();
    await first.close();
    const third = await b.open(first.directory);
    expect(third.state).toEqual({ kind: 'saved' });
    expect(await mark(third, 2)).toEqual({ revision: 2, saved: true });
  });

  it('lets a reader save his own copy', async () => {
    const first = await (await place.store()).create(place.folder, 'Source');
    await mark(first, 1);
    const b = await place.store();
    const second = await b.open(first.directory);
    await b.saveAs(second, path.join(place.folder, 'Mine'));
    expect(second.state).toEqual({ kind: 'saved' });
    expect(await mark(second, 2)).toEqual({ revision: 2, saved: true });
    await mark(first, 3);
    expect([marks(first), marks(second)]).toEqual([
      [1, 3],
      [1, 2],
    ]);
  });

  it('never lets two write after the lock was wiped: the first keeps its edits and saves them elsewhere', async () => {
    const [a, b] = [await place.store(), await place.store()];
    const first = await a.create(place.folder, 'Wiped');
    await mark(first, 1);
    await rm(path.join(place.folder, 'locks'), { recursive: true });
    const second = await b.open(first.directory);
    expect(second.state).toEqual({ kind: 'saved' });
    expect(await mark(second, 2)).toEqual({ revision: 2, saved: true });
    expect(await mark(first, 3)).toEqual({ revision: 2, saved: false });
    expect(first.state).toMatchObject({ kind: 'unsaved', edits: 1, error: { code: 'project-locked' } });
    await a.saveAs(first, path.join(place.folder, 'Rescued'));
    expect(first.state).toEqual({ kind: 'saved' });
    expect(marks(await (await place.store()).open(second.directory))).toEqual([1, 2]);
    expect(marks(first)).toEqual([1, 3]);
  });

  it('stops the first at its next edit, though the second has written nothing yet', async () => {
    const first = await (await place.store()).create(place.folder, 'Quiet');
    await mark(first, 1);
    await rm(path.join(place.folder, 'locks'), { recursive: true });
    const second = await (await place.store()).open(first.directory);
    expect(await mark(first, 2)).toEqual({ revision: 2, saved: false });
    expect(await mark(second, 3)).toEqual({ revision: 2, saved: true });
    expect((await first.retry()).kind).toBe('unsaved');
    expect(marks(await (await place.store()).open(first.directory))).toEqual([1, 3]);
  });

  it('keeps edits when the folder is moved away under it', async () => {
    const store = await place.store();
    const project = await store.create(place.folder, 'Moved');
    await mark(project, 1);
    await renameDurably(project.directory, path.join(place.folder, 'elsewhere.sluice'));
    expect(await mark(project, 2)).toEqual({ revision: 2, saved: false });
    expect(project.state).toMatchObject({ kind: 'unsaved', edits: 1, error: { code: 'project-not-found' } });
    await expect(project.close()).rejects.toMatchObject({ code: 'project-not-found' });
    await store.saveAs(project, path.join(place.folder, 'Here'));
    expect(marks(await (await place.store()).open(project.directory))).toEqual([1, 2]);
    await project.close();
  });
});

it('is read whole while another process writes a snapshot and turns its journal into history', async () => {
  const writer = await (await place.store()).create(place.folder, 'Busy');
  for (const frame of [1, 2, 3]) await mark(writer, frame);
  let closed = false;
  const files = watched(async (call, target) => {
    if (closed || call !== 'readFile' || !target.endsWith('journal.jsonl')) return;
    closed = true;
    await writer.close();
  });
  const reader = await place.store({ files });
  const copy = await reader.open(await reader.duplicate(writer.directory, 'Copy'));
  expect(closed).toBe(true);
  expect(marks(copy)).toEqual([1, 2, 3]);
});

it('clears away what a killed process left half made, once it is old', async () => {
  const leftovers = ['Old.sluice.0123456789abcdef.partial', 'New.sluice.0123456789abcdef.partial', 'mine.partial'];
  for (const name of leftovers) await mkdir(path.join(place.folder, name));
  const long = new Date(Date.now() - 2 * 24 * 3_600_000);
  for (const name of [leftovers[0]!, leftovers[2]!]) await utimes(path.join(place.folder, name), long, long);
  await (await place.store()).create(place.folder, 'Next');
  expect((await readdir(place.folder)).filter((name) => name.endsWith('.partial')).sort()).toEqual(
    leftovers.slice(1).sort(),
  );
});

it('writes a snapshot and starts a new journal when it closes', async () => {
  const project = await (await place.store()).create(place.folder, 'Files');
  for (const frame of [1, 2]) await mark(project, frame);
  const layout = layoutOf(project.directory);
  expect((await readFile(layout.journal, 'utf8')).split('\n').length).toBe(3);
  await project.close();
  expect((await readdir(project.directory)).sort()).toEqual(['copies', 'history', 'project.json', 'writer.json']);
  expect(await readdir(layout.history)).toEqual(['0000000001.jsonl']);
  expect((await readdir(layout.copies)).length).toBe(1);
});
