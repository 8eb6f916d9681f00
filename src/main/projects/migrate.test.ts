/** Projects of other formats. The older one here is made up, since the present one is the first; what runs is not. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { clipIdSchema, newEditId } from '#shared/project/ids';
import { encodeEntry, type Entry } from './entry';
import { layoutOf } from './layout';
import { applyToJson, Migrations, type Migration } from './migrate';
import { mark, marks, usePlace } from './projects.test-fixtures';
import { encodeSnapshotOf } from './snapshot';

const place = usePlace();

/** In format 0, frames per second were a number and markers had no colour. */
const toFirst: Migration = {
  to: 1,
  what: 'exact frame rates, coloured markers',
  up: (project) => ({
    ...project,
    frameRate: { num: project['frameRate'], den: 1 },
    markers: (project['markers'] as object[]).map((marker) => ({ ...marker, colour: 'grey' })),
  }),
};
const migrations = new Migrations([toFirst], 1);

function entry(revision: number, patches: Entry['patches'], schemaVersion = 0): string {
  const step = { kind: 'edit', id: newEditId(), label: 'add-marker', at: '2026-01-02T03:04:05.678Z' } as const;
  const stacks = { undo: { revision, label: 'add-marker' as const }, redo: null };
  return encodeEntry({ ...step, schemaVersion, revision, patches, inversePatches: [], below: null, stacks });
}

/** A project of format 0: a snapshot with one mark and a journal that adds, changes and removes some. */
async function oldProject(): Promise<string> {
  const project = await (await place.store()).create(place.folder, 'Old');
  await project.close();
  const layout = layoutOf(project.directory);
  const written = JSON.parse(await readFile(layout.snapshot, 'utf8')) as { state: { project: object } };
  const old = { ...written.state.project, frameRate: 24, markers: [{ id: 'marker-a', frame: 1, name: 'A' }] };
  const stacks = { undo: { revision: 1, label: 'add-marker' as const }, redo: null };
  await writeFile(layout.snapshot, encodeSnapshotOf(0, { revision: 1, stacks, project: old }));
  await writeFile(
    layout.journal,
    entry(2, [{ op: 'add', path: ['markers', 'marker-b'], value: { id: 'marker-b', frame: 2, name: 'B' } }]) +
      entry(3, [{ op: 'replace', path: ['markers', 'marker-b', 'frame'], value: 20 }]) +
      entry(4, [{ op: 'remove', path: ['markers', 'marker-a'] }]) +
      entry(5, [{ op: 'replace', path: ['title'], value: 'Older' }]),
  );
  return project.directory;
}

it('opens an older project with its journal, keeps the old file, and writes the present format', async () => {
  const folder = await oldProject();
  const before = await readFile(layoutOf(folder).snapshot, 'utf8');
  const store = await place.store({ migrations });
  const project = await store.open(folder);
  expect(project.state).toEqual({ kind: 'saved' });
  expect(project.project).toMatchObject({ title: 'Older', frameRate: { num: 24, den: 1 } });
  expect([...project.project.markers.values()]).toEqual([{ id: 'marker-b', frame: 20, name: 'B', colour: 'grey' }]);
  expect(project.stacks).toEqual({ undo: null, redo: null });
  expect(await mark(project, 7)).toEqual({ revision: 6, saved: true });
  await project.close();

  const copies = await readdir(layoutOf(folder).copies);
  const texts = await Promise.all(copies.map((name) => readFile(path.join(layoutOf(folder).copies, name), 'utf8')));
  expect(texts).toContain(before);
  const present = await (await place.store()).open(folder);
  expect(marks(present)).toEqual([7, 20]);
});

it('shifts clips of an older project before it is migrated', () => {
  const clip = (id: string, trackId: string, startFrame: number) => ({ id, trackId, startFrame, old: id });
  const project = { clips: [clip('clip-a', 't', 0), clip('clip-b', 't', 9), clip('clip-c', 'u', 4)] };
  const value = [{ first: clipIdSchema.parse('clip-a'), last: clipIdSchema.parse('clip-b'), byFrames: 3 }];
  expect(applyToJson(project, [{ op: 'shift', path: ['clips'], value }])).toEqual({
    clips: [clip('clip-a', 't', 3), clip('clip-b', 't', 12), clip('clip-c', 'u', 4)],
  });
  expect(() => applyToJson({ clips: 1 }, [{ op: 'shift', path: ['clips'], value }])).toThrow(/no such list/);
});

it('can fall back from a damaged snapshot to a copy of the old format, with journals of both', async () => {
  const folder = await oldProject();
  const store = await place.store({ migrations });
  const project = await store.open(folder);
  await mark(project, 7);
  await project.close();
  await writeFile(layoutOf(folder).snapshot, '');
  const again = await store.open(folder);
  expect(marks(again)).toEqual([7, 20]);
  expect(again.project.title).toBe('Older');
});

it('refuses a newer project and leaves every byte and time as it was', async () => {
  const project = await (await place.store()).create(place.folder, 'New');
  await mark(project, 1);
  await project.close();
  const { snapshot } = layoutOf(project.directory);
  await writeFile(snapshot, (await readFile(snapshot, 'utf8')).replace('"schemaVersion":1', '"schemaVersion":2'));
  const facts = async () => {
    const names = await readdir(project.directory, { recursive: true });
    const stats = await Promise.all(names.map((name) => stat(path.join(project.directory, name))));
    return names.map((name, index) => [name, stats[index]?.mtimeMs, stats[index]?.size]);
  };
  const before = await facts();
  const store = await place.store();
  await expect(store.open(project.directory)).rejects.toMatchObject({
    code: 'project-newer',
    details: { schemaVersion: 2 },
  });
  await expect(store.duplicate(project.directory, 'Copy')).rejects.toMatchObject({ code: 'project-newer' });
  expect(await facts()).toEqual(before);
});

it('refuses a project before the oldest format, and one that a migration cannot read', async () => {
  const folder = await oldProject();
  await expect((await place.store()).open(folder)).rejects.toMatchObject({
    code: 'project-invalid',
    message: /format 0/,
  });
  const broken = new Migrations([{ ...toFirst, up: () => ({ nothing: true }) }], 1);
  await expect((await place.store({ migrations: broken })).open(folder)).rejects.toMatchObject({
    code: 'project-invalid',
  });
  const throws = new Migrations(
    [
      {
        ...toFirst,
        up: () => {
          throw new TypeError('no');
        },
      },
    ],
    1,
  );
  await expect((await place.store({ migrations: throws })).open(folder)).rejects.toMatchObject({
    code: 'project-invalid',
  });
  const project = await (await place.store({ migrations })).open(folder);
  expect(project.project.title).toBe('Older');
});

it('accepts only a list of migrations without gaps that ends at the newest format', () => {
  const step = (to: number): Migration => ({ to, what: '', up: (project) => project });
  expect(new Migrations([step(2), step(3)], 3).oldest).toBe(1);
  expect(() => new Migrations([step(1), step(3)], 3)).toThrow(/expected/);
  expect(() => new Migrations([step(3), step(2)], 3)).toThrow(/expected/);
  expect(() => new Migrations([step(1)], 3)).toThrow(/expected/);
});
