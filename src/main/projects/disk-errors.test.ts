/** A disk that is full, read-only or failing: edits are held in memory, the state says why, and there is a way out. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileError, watched, writingCalls, type Call } from './faulty-files.test-fixtures';
import type { SaveState } from './save-state';
import { mark, marks, usePlace } from './projects.test-fixtures';

const place = usePlace();

/** Files of which the calls that `fails` names fail with `code`. */
function faulty(code: string) {
  const fault: { fails: (call: Call, target: string) => boolean } = { fails: () => false };
  const files = watched((call, target) => {
    if (fault.fails(call, target)) throw fileError(code);
  });
  return { fault, files };
}

describe.each([
  ['ENOSPC', 'disk-full'],
  ['EROFS', 'disk-read-only'],
  ['EIO', 'internal'],
])('%s', (code, expected) => {
  it.each<[string, Call]>([
    ['writing', 'file.writeFile'],
    ['syncing', 'file.sync'],
  ])('while %s the journal holds edits, and a retry saves them', async (_, failing) => {
    const { fault, files } = faulty(code);
    const store = await place.store({ files });
    const project = await store.create(place.folder, 'Film');
    await mark(project, 1);
    const states: SaveState['kind'][] = [];
    project.subscribe((event) => event.kind === 'state' && states.push(event.state.kind));

    fault.fails = (call, target) => call === failing && target.includes('Film.sluice');
    expect(await mark(project, 2)).toEqual({ revision: 2, saved: false });
    expect(await mark(project, 3)).toEqual({ revision: 3, saved: false });
    expect(await project.undo()).toEqual({ revision: 4, saved: false });
    expect(marks(project)).toEqual([1, 2]);
    expect(project.state).toMatchObject({ kind: 'unsaved', edits: 3, error: { code: expected } });
    expect((await project.retry()).kind).toBe('unsaved');
    await expect(project.close()).rejects.toMatchObject({ code: expected });

    fault.fails = () => false;
    expect(await project.retry()).toEqual({ kind: 'saved' });
    expect(states).toContain('unsaved');
    expect(states.at(-1)).toBe('saved');
    await project.close();
    const again = await (await place.store()).open(project.directory);
    expect(marks(again)).toEqual([1, 2]);
    await again.redo();
    expect(marks(again)).toEqual([1, 2, 3]);
  });

  it('ends with the next edit, without a retry', async () => {
    const { fault, files } = faulty(code);
    const project = await (await place.store({ files })).create(place.folder, 'Film');
    fault.fails = (call) => writingCalls.has(call);
    await mark(project, 1);
    fault.fails = () => false;
    expect(await mark(project, 2)).toEqual({ revision: 2, saved: true });
    expect(project.state).toEqual({ kind: 'saved' });
    expect(marks(await (await place.store()).open(project.directory)).length).toBe(2);
  });

  it('lets a project be saved elsewhere, with all of its history', async () => {
    const { fault, files } = faulty(code);
    const store = await place.store({ files });
    const project = await store.create(place.folder, 'Film');
    await mark(project, 1);
    fault.fails = (call, target) => writingCalls.has(call) && target.includes('Film.sluice');
    await mark(project, 2);
    await mark(project, 3);
    await expect(store.saveAs(project, path.join(place.folder, 'Film.sluice', 'inside'))).rejects.toThrow();
    expect(project.state).toMatchObject({ kind: 'unsaved', edits: 2 });

    await store.saveAs(project, path.join(place.folder, 'Elsewhere'));
    expect(project.state).toEqual({ kind: 'saved' });
    await mark(project, 4);
    await project.close();
    const again = await (await place.store()).open(path.join(place.folder, 'Elsewhere.sluice'));
    expect(marks(again)).toEqual([1, 2, 3, 4]);
    for (let step = 0; step < 4; step += 1) await again.undo();
    expect(marks(again)).toEqual([]);
  });

  it('of a whole folder opens the project unsaved', async () => {
    const healthy = await (await place.store()).create(place.folder, 'Film');
    await mark(healthy, 1);
    await healthy.close();
    const { fault, files } = faulty(code);
    fault.fails = (call, target) => writingCalls.has(call) && target.includes('Film.sluice');
    const store = await place.store({ files });
    const project = await store.open(healthy.directory);
    expect(project.state).toMatchObject({ kind: 'unsaved', edits: 0, error: { code: expected } });
    expect(marks(project)).toEqual([1]);
    expect(await mark(project, 2)).toEqual({ revision: 2, saved: false });
    await project.close({ discard: true });
    expect(marks(await (await place.store()).open(healthy.directory))).toEqual([1]);
  });

  it('while creating leaves nothing behind', async () => {
    const { fault, files } = faulty(code);
    const store = await place.store({ files });
    fault.fails = (call, target) => call === 'file.sync' && target.includes('project.json');
    await expect(store.create(place.folder, 'Film')).rejects.toThrow();
    expect((await readdir(place.folder)).filter((name) => name.includes('Film'))).toEqual([]);
  });
});

it('goes on without a snapshot where only that cannot be written', async () => {
  const { fault, files } = faulty('ENOSPC');
  const project = await (await place.store({ files })).create(place.folder, 'Film');
  fault.fails = (call, target) => call === 'file.writeFile' && target.includes('project.json');
  for (let frame = 1; frame < 300; frame += 1) void mark(project, frame);
  await mark(project, 300);
  expect(await mark(project, 301)).toEqual({ revision: 301, saved: true });
  await project.close();
  expect(await readdir(project.directory)).not.toContain('history');
  const again = await (await place.store()).open(project.directory);
  expect(marks(again).length).toBe(301);
});

it('saves what can be saved between faults that come and go, in order and once', async () => {
  const { fault, files } = faulty('EIO');
  const project = await (await place.store({ files })).create(place.folder, 'Film');
  let seed = 7;
  const chance = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  fault.fails = (call, target) => writingCalls.has(call) && target.includes('Film.sluice') && chance() < 0.3;
  for (let frame = 1; frame <= 60; frame += 1) await mark(project, frame);
  fault.fails = () => false;
  expect(await project.retry()).toEqual({ kind: 'saved' });
  await project.close();
  const again = await (await place.store()).open(project.directory);
  expect(marks(again)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  expect(again.revision).toBe(60);
});
