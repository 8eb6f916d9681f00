/** What a project makes of files that a crash, a bad disk or another program left: it opens, and nothing is thrown away. */
import { cp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { layoutOf } from './layout';
import { decodeEntries } from './entry';
import { nodeFileSystem } from '../files/file-system';
import { loadProject } from './load';
import { presentMigrations, type ProjectStore } from './project-store';
import { mark, marks, usePlace } from './projects.test-fixtures';

const place = usePlace();

/** A closed project with marks 1 to `closedAt` in its snapshot and up to `count` in its journal. */
async function journaled(title: string, count: number, closedAt = 0): Promise<string> {
  const store = await place.store();
  let project = await store.create(place.folder, title);
  for (let frame = 1; frame <= count; frame += 1) {
    await mark(project, frame);
    if (frame !== closedAt) continue;
    await project.close();
    project = await store.open(project.directory);
  }
  // A copy is what a killed process leaves: closing would write a snapshot.
  const left = `${project.directory.replace('.sluice', '')} left.sluice`;
  await cp(project.directory, left, { recursive: true });
  await project.close();
  return left;
}

async function marksIn(store: ProjectStore, folder: string): Promise<readonly number[]> {
  const project = await store.open(folder);
  expect(project.state).toEqual({ kind: 'saved' });
  const found = marks(project);
  await project.close();
  return found;
}

async function copyOf(folder: string): Promise<string> {
  const copy = path.join(place.folder, 'copy.sluice');
  await rm(copy, { recursive: true, force: true });
  await cp(folder, copy, { recursive: true });
  return copy;
}

function endsOf(journal: Buffer): readonly number[] {
  return decodeEntries(journal).entries.map(({ endByte }) => endByte);
}

function wholeBefore(ends: readonly number[], length: number): number {
  return ends.filter((end) => end <= length).length;
}

describe('a journal', () => {
  it('cut at any byte gives every whole entry before the cut', async () => {
    const folder = await journaled('Cut', 4);
    const bytes = await readFile(layoutOf(folder).journal);
    const ends = endsOf(bytes);
    expect(ends.length).toBe(4);
    for (let length = bytes.length; length >= 0; length -= 1) {
      await truncate(layoutOf(folder).journal, length);
      const { state } = await loadProject(nodeFileSystem, folder, presentMigrations);
      const found = [...state.project.markers.values()].map(({ frame }) => frame);
      expect([length, ...found]).toEqual([length, ...[1, 2, 3, 4].slice(0, wholeBefore(ends, length))]);
    }
  });

  it('cut anywhere goes on from there', async () => {
    const folder = await journaled('On', 3);
    const bytes = await readFile(layoutOf(folder).journal);
    const ends = endsOf(bytes);
    const store = await place.store();
    for (const length of [0, 1, 40, ...ends.flatMap((end) => [end - 1, end, end + 1])].filter(
      (at) => at <= bytes.length,
    )) {
      const copy = await copyOf(folder);
      await truncate(layoutOf(copy).journal, length);
      const kept = [1, 2, 3].slice(0, wholeBefore(ends, length));
      const project = await store.open(copy);
      expect([length, ...marks(project)]).toEqual([length, ...kept]);
      await mark(project, 9);
      await project.close();
      expect(await marksIn(store, copy)).toEqual([...kept, 9]);
      expect(await readdir(copy)).not.toContain('damaged');
    }
  });

  it('with a flipped bit keeps what is before it, and puts aside what is behind', async () => {
    const folder = await journaled('Flipped', 4);
    const { journal, damaged } = layoutOf(folder);
    const bytes = await readFile(journal);
    const [, second = 0] = decodeEntries(bytes).entries.map(({ endByte }) => endByte);
    bytes[second + 200] = (bytes[second + 200] ?? 0) ^ 1;
    await writeFile(journal, bytes);
    const store = await place.store();
    expect(await marksIn(store, folder)).toEqual([1, 2]);
    const [aside = ''] = await readdir(damaged);
    expect((await readFile(path.join(damaged, aside))).equals(bytes.subarray(second))).toBe(true);
    expect(await marksIn(store, folder)).toEqual([1, 2]);
  });

  it('with a digit changed in a line does not believe the line, though it is still JSON', async () => {
    const folder = await journaled('Digit', 3);
    const { journal } = layoutOf(folder);
    const text = await readFile(journal, 'utf8');
    expect(text).toContain('"frame":2');
    await writeFile(journal, text.replace('"frame":2', '"frame":8'));
    expect(await marksIn(await place.store(), folder)).toEqual([1]);
  });

  it('of which the middle is missing keeps what is before the gap', async () => {
    const folder = await journaled('Gap', 4);
    const { journal } = layoutOf(folder);
    const lines = (await readFile(journal, 'utf8')).split('\n');
    await writeFile(journal, lines.toSpliced(1, 1).join('\n'));
    expect(await marksIn(await place.store(), folder)).toEqual([1]);
    expect(await marksIn(await place.store(), folder)).toEqual([1]);
  });
});

describe('a snapshot', () => {
  it.each([
    ['empty', () => ''],
    ['cut short', (text: string) => text.slice(0, -20)],
    ['changed in one digit', (text: string) => text.replace('"frame":1', '"frame":7')],
    ['something else', () => '{"format":"recipe"}'],
  ])('that is %s is replaced by the newest copy and the journals since', async (_, damage) => {
    const folder = await journaled('Snapshot', 5, 3);
    const { snapshot, damaged } = layoutOf(folder);
    const text = damage(await readFile(snapshot, 'utf8'));
    await writeFile(snapshot, text);
    const store = await place.store();
    expect(await marksIn(store, folder)).toEqual([1, 2, 3, 4, 5]);
    const [aside = ''] = await readdir(damaged);
    expect(await readFile(path.join(damaged, aside), 'utf8')).toBe(text);
    const again = await store.open(folder);
    for (let step = 0; step < 5; step += 1) await again.undo();
    expect(marks(again)).toEqual([]);
  });

  it('that is missing is replaced likewise', async () => {
    const folder = await journaled('Missing', 5, 3);
    await rm(layoutOf(folder).snapshot);
    expect(await marksIn(await place.store(), folder)).toEqual([1, 2, 3, 4, 5]);
    expect(await marksIn(await place.store(), folder)).toEqual([1, 2, 3, 4, 5]);
  });

  it('without any copy says that it is damaged, and changes nothing', async () => {
    const folder = await journaled('Lost', 2);
    await writeFile(layoutOf(folder).snapshot, 'x');
    const before = await readdir(folder);
    await expect((await place.store()).open(folder)).rejects.toMatchObject({ code: 'project-invalid' });
    expect(await readdir(folder)).toEqual(before);
    expect(await readFile(layoutOf(folder).snapshot, 'utf8')).toBe('x');
  });
});
