/** Which files of a project's folder may go: those that nothing needs, and only on request those that undo could need. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { addMedia, removeMedia } from '#shared/project/edits/media';
import { mediaIdSchema } from '#shared/project/ids';
import { mediaSchema } from '#shared/project/media';
import { film, hashOf } from '#shared/project/project.test-fixtures';
import { sha256Schema } from '#shared/units';
import { make, usePlace } from './projects.test-fixtures';

const place = usePlace();
const [shown, removed, never, elsewhere] = ['1', '2', '3', '4'].map(hashOf);
const later = (): Date => new Date(Date.now() + 3_600_000);
const nowhere = new Set<never>();

/** One in the library, one taken out of it by an edit, one that no edit ever named, one that another open project uses, and two others. */
async function project(clock = later) {
  const store = await place.store({ clock });
  const opened = await store.create(place.folder, 'Harbour');
  const mediaOf = (sha256: string, id: string) =>
    mediaSchema.parse({ ...film, id, sha256: sha256Schema.parse(sha256) });
  await make(opened, addMedia(opened.project, { media: [mediaOf(shown!, 'media-a'), mediaOf(removed!, 'media-b')] }));
  await make(opened, removeMedia(opened.project, { mediaId: mediaIdSchema.parse('media-b') }));
  const media = path.join(opened.directory, 'media');
  await mkdir(media);
  for (const name of [shown, removed, never, elsewhere, 'notes.txt', '.upload-0.partial'])
    await writeFile(path.join(media, name!), 'x'.repeat(10));
  return { store, opened, media };
}

it('removes what nothing names, and only where that is wanted what undo could bring back', async () => {
  const { store, opened, media } = await project();
  const others = new Set([sha256Schema.parse(elsewhere)]);
  const unused = await store.unusedMedia(opened.directory, others);
  expect(unused.map(({ path: file, ...facts }) => ({ ...facts, name: path.basename(file) }))).toEqual([
    { name: removed, sizeBytes: 10, isInHistory: true },
    { name: never, sizeBytes: 10, isInHistory: false },
  ]);
  expect(await store.removeUnusedMedia(opened.directory, others, 'keep-history')).toHaveLength(1);
  expect(await readdir(media)).toEqual(expect.arrayContaining([shown, removed, elsewhere, 'notes.txt']));
  expect(await readdir(media)).not.toContain(never);
  await opened.undo();
  expect(await store.unusedMedia(opened.directory, others)).toEqual([]);
  await opened.redo();
  expect(await store.removeUnusedMedia(opened.directory, others, 'all')).toHaveLength(1);
  expect((await readdir(media)).sort()).toEqual(['.upload-0.partial', shown, elsewhere, 'notes.txt'].sort());
});

it('finds what only a journal of before names, also where the project is closed', async () => {
  const { store, opened } = await project();
  await opened.close();
  const unused = await store.unusedMedia(opened.directory, nowhere);
  expect(unused.find(({ path: file }) => file.endsWith(removed!))?.isInHistory).toBe(true);
});

it('passes over what was only just brought', async () => {
  const { store, opened } = await project(() => new Date());
  expect(await store.unusedMedia(opened.directory, nowhere)).toEqual([]);
});

it('removes nothing of a project that another program has open', async () => {
  const { opened } = await project();
  const other = await place.store({ clock: later });
  await expect(other.removeUnusedMedia(opened.directory, nowhere, 'all')).rejects.toMatchObject({
    code: 'project-locked',
  });
});
