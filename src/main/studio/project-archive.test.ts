/** What an archive and a copy of a project hold besides its edit: the files that it needs. */
import { copyFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExportFacts } from '#shared/studio/exports';
import { importedThumbnailUrl } from '#shared/studio/media-imported';
import { makeMedia, needFfmpeg } from '../media/ffmpeg.test-support';
import { startStudio, temporaryHome } from './studio.test-support';
import { archive, bringArchive, firstOf } from './window.test-support';

describe('a project with a sound', () => {
  needFfmpeg();

  /** In a home of its own each time: nothing may be known from before. */
  async function withSound(seconds = 1) {
    const studio = await startStudio(await temporaryHome());
    const window = await studio.open();
    const opened = await window.request('createProject', { title: 'Harbour' });
    const sound = path.join(studio.folder, 'waves.wav');
    await makeMedia(`sine=duration=${seconds}`, ['-f', 'wav'], sound);
    const source = { kind: 'file' as const, path: sound };
    await firstOf(window.stream('importMedia', { open: opened.open, source }), ({ kind }) => kind === 'imported');
    const { project } = await window.request('openProject', { folder: opened.folder });
    const [media] = [...project.media.values()];
    return { studio, window, folder: opened.folder, sound, sha256: media!.sha256 };
  }

  it('is archived with it, so that another machine has it, too', async () => {
    const { studio, window, folder, sound, sha256 } = await withSound();
    const bytes = await readFile(sound);
    const file = path.join(studio.folder, 'harbour.zip');
    await archive(window, { folder, file });
    const elsewhere = await startStudio(await temporaryHome());
    const there = await elsewhere.open();
    const brought = path.join(elsewhere.folder, 'harbour.zip');
    await copyFile(file, brought);
    await rm(sound);
    const imported = await bringArchive(there, brought);
    expect(await readFile(path.join(imported.folder, 'media', sha256))).toEqual(bytes);
    const { open } = await there.request('openProject', { folder: imported.folder });
    const standings = there.stream('mediaStandings', { open });
    await firstOf(standings, ({ media }) => media[0]?.file.kind === 'here');
  });

  it('tells how much of an archive is written, and leaves nothing of one that is cancelled', async () => {
    const { studio, window, folder, sound } = await withSound(60);
    const { size } = await stat(sound);
    const into = path.join(studio.folder, 'archives');
    await mkdir(into);
    const heard: ExportFacts['state'][] = [];
    const { list } = studio.studio.parts.files;
    const stop = list.watch(() => heard.push(...list.value.slice(0, 1).map(({ state }) => state)));
    await archive(window, { folder, file: path.join(into, 'harbour.zip') });
    stop();
    const shares = heard.flatMap((state) => (state.kind === 'running' ? [state.share] : []));
    expect([shares.length > 10, shares]).toEqual([true, shares.toSorted((a, b) => a - b)]);
    expect(heard.filter(({ kind }) => kind === 'running').at(-1)).toMatchObject({ unit: 'bytes', of: size });
    const { id } = await window.request('startArchive', { folder, file: path.join(into, 'again.zip') });
    await window.request('cancelExport', { id });
    const { exports } = await firstOf(window.stream('exports', {}), () => true);
    expect(exports[0]?.state).toEqual({ kind: 'cancelled' });
    expect(await readdir(into)).toEqual(['harbour.zip']);
    await expect(
      window.request('startArchive', { folder, file: path.join(into, 'harbour.zip') }),
    ).rejects.toMatchObject({
      code: 'output-exists',
    });
  });

  it('is covered by a picture of its media where it has no other, but not by a sound', async () => {
    const { studio, window, folder } = await withSound();
    expect(await window.request('projectCover', { folder })).not.toHaveProperty('thumbnail');
    const { open } = await window.request('openProject', { folder });
    const card = path.join(studio.folder, 'card.png');
    await makeMedia('color=red:size=64x48', ['-frames:v', '1'], card);
    const source = { kind: 'file' as const, path: card };
    await firstOf(window.stream('importMedia', { open, source }), ({ kind }) => kind === 'imported');
    const { thumbnail } = await window.request('projectCover', { folder });
    expect((await studio.get(importedThumbnailUrl(thumbnail!))).status).toBe(200);
  });

  it('is archived also where the sound is lost', async () => {
    const { studio, window, folder, sound } = await withSound();
    await rm(sound);
    const file = path.join(studio.folder, 'harbour.zip');
    await archive(window, { folder, file });
    expect((await readFile(file)).length).toBeGreaterThan(100);
  });

  it('takes along what lies in its own folder when it is copied or saved elsewhere', async () => {
    const { studio, window, folder, sound, sha256 } = await withSound();
    const bytes = await readFile(sound);
    await mkdir(path.join(folder, 'media'), { recursive: true });
    await copyFile(sound, path.join(folder, 'media', sha256));
    const copy = await window.request('duplicateProject', { folder, title: 'Copy' });
    const { open } = await window.request('openProject', { folder });
    const saved = await window.request('saveProjectAs', { open, folder: path.join(studio.folder, 'Saved') });
    for (const place of [copy.folder, saved.folder])
      expect(await readFile(path.join(place, 'media', sha256)), place).toEqual(bytes);
  });
});
