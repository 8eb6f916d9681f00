/** What an archive and a copy of a project hold besides its edit: the files that it needs. */
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeMedia, needFfmpeg } from '../media/ffmpeg.test-support';
import { startStudio, temporaryHome } from './studio.test-support';
import { firstOf } from './window.test-support';

describe('a project with a sound', () => {
  needFfmpeg();

  /** In a home of its own each time: nothing may be known from before. */
  async function withSound() {
    const studio = await startStudio(await temporaryHome());
    const window = await studio.open();
    const opened = await window.request('createProject', { title: 'Harbour' });
    const sound = path.join(studio.folder, 'waves.wav');
    await makeMedia('sine=duration=1', ['-f', 'wav'], sound);
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
    await window.request('archiveProject', { folder, file });
    const elsewhere = await startStudio(await temporaryHome());
    const there = await elsewhere.open();
    const brought = path.join(elsewhere.folder, 'harbour.zip');
    await copyFile(file, brought);
    await rm(sound);
    const imported = await there.request('importArchive', { file: brought });
    expect(await readFile(path.join(imported.folder, 'media', sha256))).toEqual(bytes);
    const { open } = await there.request('openProject', { folder: imported.folder });
    const standings = there.stream('mediaStandings', { open });
    await firstOf(standings, ({ media }) => media[0]?.file.kind === 'here');
  });

  it('is archived also where the sound is lost', async () => {
    const { studio, window, folder, sound } = await withSound();
    await rm(sound);
    const file = path.join(studio.folder, 'harbour.zip');
    await window.request('archiveProject', { folder, file });
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
