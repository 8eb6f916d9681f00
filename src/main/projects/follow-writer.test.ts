/** A project that another process has open: it is read only here, says so, and shows what happens there. */
import { expect, it, vi } from 'vitest';
import { mark, marks, usePlace } from './projects.test-fixtures';

const place = usePlace();

it('shows each edit of the writer, its undo, and what came before a new journal', async () => {
  const writer = await (await place.store()).create(place.folder, 'Shared');
  await mark(writer, 1);
  const reader = await (await place.store()).open(writer.directory);
  const told: string[] = [];
  reader.subscribe((event) => void told.push(event.kind));
  expect(reader.state.kind).toBe('read-only');
  expect(marks(reader)).toEqual([1]);

  await mark(writer, 2);
  await vi.waitFor(() => expect(marks(reader)).toEqual([1, 2]), { timeout: 60_000 });
  await writer.undo();
  await vi.waitFor(() => expect(marks(reader)).toEqual([1]), { timeout: 60_000 });
  expect(new Set(told)).toEqual(new Set(['changed']));
  await expect(mark(reader, 3)).rejects.toMatchObject({ code: 'project-locked' });

  // The writer snapshots after so many edits, and its journal begins anew.
  for (let frame = 10; frame < 280; frame += 1) await mark(writer, frame);
  await vi.waitFor(() => expect(marks(reader)).toHaveLength(271), { timeout: 60_000 });
  expect(reader.revision).toBe(writer.revision);
});

it('stops with the project', async () => {
  const writer = await (await place.store()).create(place.folder, 'Shared');
  const reader = await (await place.store()).open(writer.directory);
  await reader.close();
  await mark(writer, 5);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(marks(reader)).toEqual([]);
});
