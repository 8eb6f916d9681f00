/** Media as a window has them: brought in, prepared, served, lost and found, over the real channel and the real ffmpeg. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { addMedia, changeMedia } from '#shared/project/edits/media';
import { mediaSchema } from '#shared/project/media';
import type { MediaId } from '#shared/project/ids';
import {
  importedFilmUrl,
  importedFrameUrl,
  importedPeaksUrl,
  importedSheetUrl,
  importedSoundUrl,
  importedThumbnailUrl,
  peakSamples,
} from '#shared/studio/media-imported';
import {
  largestUploadBytes,
  uploadIdSchema,
  uploadPieceBytes,
  uploadUrl,
  type ImportSource,
  type MediaStanding,
} from '#shared/studio/media';
import type { OpenedProject } from '#shared/studio/projects';
import { sha256Schema } from '#shared/units';
import { ask, enterAt } from '../host/host.test-support';
import { makeMedia, needFfmpeg } from '../media/ffmpeg.test-support';
import { startStudio, temporaryHome, type TestStudio } from './studio.test-support';
import { firstOf, make, type Window } from './window.test-support';

const film = ['-f', 'lavfi', '-i', 'sine=duration=2', '-f', 'mp4', '-c:v', 'libx264', '-c:a', 'aac', '-shortest'];
const filmSource = 'testsrc2=size=160x90:rate=24:duration=2';

describe('imported media', () => {
  needFfmpeg();
  let studio: TestStudio;
  let window: Window;
  let opened: OpenedProject;
  let scratch: string;

  beforeEach(async () => {
    studio = await startStudio(await temporaryHome());
    window = await studio.open();
    opened = await window.request('createProject', { title: 'Cut' });
    scratch = path.join(studio.folder, 'mine');
    await mkdir(scratch);
  });

  const at = (name: string): string => path.join(scratch, name);
  const projectMedia = async () => (await window.request('openProject', { folder: opened.folder })).project.media;
  const inProject = (name: string): string => path.join(opened.folder, 'media', name);

  async function bring(source: ImportSource): Promise<{ mediaId: MediaId; isNew: boolean }> {
    const events = window.stream('importMedia', { open: opened.open, source });
    for await (const event of events) if (event.kind === 'imported') return event;
    throw new Error('the import ended without a word');
  }
  const bringFile = (name: string) => bring({ kind: 'file', path: at(name) });

  async function standing(id: MediaId, wanted: (standing: MediaStanding) => boolean): Promise<MediaStanding> {
    const events = window.stream('mediaStandings', { open: opened.open });
    const { media } = await firstOf(events, (event) => event.media.some((one) => one.mediaId === id && wanted(one)));
    return media.find(({ mediaId }) => mediaId === id)!;
  }
  const ready = (id: MediaId) =>
    standing(id, ({ film, sound }) => [film, sound].every((part) => part === undefined || part.kind === 'ready'));

  it('brings in a film where it lies, and shows and plays it by URL', async () => {
    await makeMedia(filmSource, film, at('a.mp4'));
    const { mediaId, isNew } = await bringFile('a.mp4');
    expect(isNew).toBe(true);
    const media = (await projectMedia()).get(mediaId)!;
    expect(media).toMatchObject({ kind: 'video', frames: 48, hasAudio: true, name: 'a.mp4', pathHint: at('a.mp4') });
    expect(await ready(mediaId)).toMatchObject({ file: { kind: 'here', path: at('a.mp4') } });
    const { sha256 } = media;
    const part = await studio.get(importedFilmUrl(sha256), { Range: 'bytes=4-7' });
    expect([part.status, part.body.toString()]).toEqual([206, 'ftyp']);
    expect((await studio.get(importedSheetUrl(sha256, 1))).headers['content-type']).toBe('image/jpeg');
    const png = await studio.get(importedFrameUrl(sha256, 47, { width: 80, height: 45 }));
    expect([png.body.readUInt32BE(16), png.body.readUInt32BE(20)]).toEqual([80, 45]);
    expect((await studio.get(importedThumbnailUrl(sha256))).body.subarray(1, 4).toString()).toBe('PNG');
    const samples = (await studio.get(importedSoundUrl(sha256))).body.length / 4;
    expect(Math.abs(samples / 48_000 - 2)).toBeLessThan(0.05);
    expect((await studio.get(importedPeaksUrl(sha256))).body.length).toBe(2 * Math.ceil(samples / peakSamples));
    expect(await readdir(scratch)).toEqual(['a.mp4']);
  });

  it('says of a film with more bits than are kept how many it has, at its import and in the project', async () => {
    await makeMedia(filmSource, ['-pix_fmt', 'yuv420p10le', '-c:v', 'ffv1', '-f', 'matroska'], at('deep.mkv'));
    const { mediaId, ...said } = await bringFile('deep.mkv');
    expect(said).toEqual({ kind: 'imported', isNew: true, bits: 10 });
    expect((await projectMedia()).get(mediaId)).toMatchObject({ kind: 'video', bits: 10 });
  });

  it('recognises the same file by its content, under any name', async () => {
    await makeMedia('sine=duration=1', ['-f', 'flac'], at('one.flac'));
    await copyFile(at('one.flac'), at('two.flac'));
    const { mediaId } = await bringFile('one.flac');
    expect(await bringFile('two.flac')).toMatchObject({ mediaId, isNew: false });
    expect((await projectMedia()).get(mediaId)?.pathHint).toBe(at('one.flac'));
    expect((await projectMedia()).size).toBe(1);
  });

  it('takes an import back as one step', async () => {
    await makeMedia('sine=duration=1', ['-f', 'wav'], at('a.wav'));
    await bringFile('a.wav');
    await window.request('undo', { open: opened.open });
    expect((await projectMedia()).size).toBe(0);
  });

  it('refuses what is broken, and leaves nothing of it', async () => {
    await writeFile(at('text.mp4'), 'no film');
    await makeMedia(filmSource, ['-f', 'mp4'], at('cut.mp4'));
    await writeFile(at('cut.mp4'), (await readFile(at('cut.mp4'))).subarray(0, 2000));
    await expect(bringFile('text.mp4')).rejects.toMatchObject({ code: 'media-unsupported' });
    await expect(bringFile('cut.mp4')).rejects.toMatchObject({ code: 'media-unreadable' });
    await expect(bringFile('none.mp4')).rejects.toMatchObject({ code: 'media-unreadable' });
    expect((await projectMedia()).size).toBe(0);
    expect(await readdir(opened.folder)).not.toContain('media');
  });

  describe('from a window without paths', () => {
    let cookie: string;
    beforeEach(async () => {
      cookie = await enterAt(studio.host);
    });
    const send = (id: string, offset: number, body: Buffer, changes: Record<string, string> = {}): Promise<number> => {
      const { port } = studio.host;
      const usual = { Cookie: cookie, Origin: `http://127.0.0.1:${port}`, 'Content-Type': 'application/octet-stream' };
      const target = { host: '127.0.0.1', port, path: uploadUrl(uploadIdSchema.parse(id), offset), method: 'POST' };
      return new Promise((resolve, reject) => {
        const sent = request({ ...target, headers: { ...usual, ...changes } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
        sent.on('error', reject).end(body);
      });
    };

    async function upload(bytes: Buffer, name: string): Promise<string> {
      const { id } = await window.request('beginUpload', { open: opened.open, name, sizeBytes: bytes.length });
      for (let offset = 0; offset < bytes.length; offset += 1000)
        expect(await send(id, offset, bytes.subarray(offset, offset + 1000))).toBe(204);
      return id;
    }
    const bringUpload = (id: string) => bring({ kind: 'upload', id: uploadIdSchema.parse(id) });

    it('takes a file piece by piece into the project’s folder, named by its hash', async () => {
      const bytes = await readFile(
        await makeMedia('testsrc2=size=64x48', ['-frames:v', '1', '-f', 'image2'], at('a.png')),
      );
      const { mediaId } = await bringUpload(await upload(bytes, '<b>my</b>\u0007 picture.png'));
      const media = (await projectMedia()).get(mediaId)!;
      expect(media).toMatchObject({ kind: 'image', name: '<b>my</b>  picture.png', pathHint: `media/${media.sha256}` });
      expect(await readFile(inProject(media.sha256))).toEqual(bytes);
      expect(await readdir(path.join(opened.folder, 'media'))).toEqual([media.sha256]);
      expect(await standing(mediaId, ({ file }) => file.kind !== 'checking')).toMatchObject({ file: { kind: 'here' } });
      const again = await bringUpload(await upload(bytes, 'again.png'));
      expect(again).toMatchObject({ mediaId, isNew: false });
      expect(await readdir(path.join(opened.folder, 'media'))).toEqual([media.sha256]);
    });

    it('throws away what is broken, what is dropped, and what its window leaves behind', async () => {
      await expect(bringUpload(await upload(Buffer.from('not a film'), 'a.mp4'))).rejects.toMatchObject({
        code: 'media-unsupported',
        message: expect.stringMatching(/^"a\.mp4" is neither/) as string,
      });
      const dropped = await upload(Buffer.alloc(1500, 1), 'b.mp4');
      await window.request('dropUpload', { id: uploadIdSchema.parse(dropped) });
      const other = await studio.open();
      const theirs = await other.request('openProject', { folder: opened.folder });
      const { id } = await other.request('beginUpload', { open: theirs.open, name: 'c', sizeBytes: 3 });
      expect(await send(id, 0, Buffer.from('ab'))).toBe(204);
      expect(await readdir(path.join(opened.folder, 'media'))).toHaveLength(1);
      other.close();
      await expect.poll(() => readdir(path.join(opened.folder, 'media'))).toEqual([]);
      expect(await send(id, 2, Buffer.from('c'))).toBe(404);
    });

    it('refuses pieces that do not fit, that are too large, or that a form could send', async () => {
      const { id } = await window.request('beginUpload', { open: opened.open, name: 'a', sizeBytes: 10 });
      expect(await send(id, 5, Buffer.alloc(5))).toBe(400);
      expect(await send(id, 0, Buffer.alloc(11))).toBe(400);
      expect(await send(id, 0, Buffer.alloc(5), { 'Content-Type': 'text/plain' })).toBe(415);
      expect(await send(id, 0, Buffer.alloc(5), { Origin: 'http://evil.example' })).toBe(403);
      expect(await send(id, 0, Buffer.alloc(5), { Cookie: 'none' })).toBe(401);
      expect(await send(`upload-${'0'.repeat(32)}`, 0, Buffer.alloc(5))).toBe(404);
      expect(await send(id, 0, Buffer.alloc(uploadPieceBytes + 1))).toBe(413);
      expect(await send(id, 0, Buffer.alloc(5))).toBe(204);
      expect(await send(id, 0, Buffer.alloc(5))).toBe(204);
      await expect(bringUpload(id)).rejects.toMatchObject({ code: 'invalid-argument' });
    });

    it('says before anything is sent that there is no room for it', async (context) => {
      const { bavail, bsize } = await statfs(opened.folder);
      const sizeBytes = bavail * bsize + 1024 ** 3;
      if (sizeBytes > largestUploadBytes) context.skip('not run: this disk has room for the largest file');
      const order = { open: opened.open, name: 'huge.mov', sizeBytes };
      await expect(window.request('beginUpload', order)).rejects.toMatchObject({ code: 'disk-full' });
    });
  });

  it('says what is missing, finds it again where it is shown, and what lies beside it', async () => {
    for (const [name, hertz] of Object.entries({ 'a.flac': 300, 'b.flac': 400, 'c.flac': 500 }))
      await makeMedia(`sine=frequency=${hertz}:duration=1`, ['-f', 'flac'], at(name));
    const ids = [];
    for (const name of ['a.flac', 'b.flac', 'c.flac']) ids.push((await bringFile(name)).mediaId);
    const [a, b, c] = ids as [MediaId, MediaId, MediaId];
    await Promise.all(ids.map(ready));
    await mkdir(at('moved'));
    for (const name of ['a.flac', 'b.flac']) await rename(at(name), at(`moved/renamed-${name}`));
    await makeMedia('sine=frequency=900:duration=1', ['-y', '-f', 'flac'], at('c.flac'));
    await window.request('lookForMedia', { open: opened.open });

    const fresh = await studio.open();
    const theirs = await fresh.request('openProject', { folder: opened.folder });
    const { media } = await firstOf(fresh.stream('mediaStandings', { open: theirs.open }), (event) =>
      event.media.every(({ file }) => file.kind === 'missing'),
    );
    const fileOf = (id: MediaId) => media.find(({ mediaId }) => mediaId === id)?.file;
    expect(fileOf(a)).toEqual({ kind: 'missing', why: 'gone', lookedAt: at('a.flac') });
    expect(fileOf(c)).toEqual({ kind: 'missing', why: 'changed', lookedAt: at('c.flac') });

    const wrong = window.stream('relinkMedia', { open: opened.open, mediaId: a, path: at('c.flac') });
    await expect(firstOf(wrong, () => false)).rejects.toMatchObject({ code: 'invalid-argument' });
    const found = window.stream('relinkMedia', { open: opened.open, mediaId: a, path: at('moved/renamed-a.flac') });
    expect(await firstOf(found, ({ kind }) => kind === 'found')).toEqual({ kind: 'found', mediaIds: [a, b] });
    expect((await projectMedia()).get(b)?.pathHint).toBe(at('moved/renamed-b.flac'));
    await standing(b, ({ file }) => file.kind === 'here');
  });

  it('says why something cannot be made of a file, and makes it when asked again', async () => {
    await makeMedia('sine=duration=1', ['-f', 'wav'], at('a.wav'));
    const { mediaId } = await bringFile('a.wav');
    await ready(mediaId);
    const media = (await projectMedia()).get(mediaId)!;
    const parts = path.join(studio.folder, 'home', 'media');
    await rm(path.join(parts, `${media.sha256}-sound`), { recursive: true });
    await window.request('prepareMedia', { open: opened.open, mediaId, wanted: true });
    await expect.poll(() => readdir(parts)).toContain(`${media.sha256}-sound`);
  });

  it('looks at no machine of a network that a project names', async () => {
    await writeFile(at('x.png'), 'x');
    const sha256 = createHash('sha256').update('x').digest('hex');
    const still = { kind: 'image', name: 'x', sha256, sizeBytes: 1, size: { width: 1, height: 1 } };
    const media = mediaSchema.parse({ ...still, id: 'media-net', pathHint: `/${at('x.png')}` });
    const { project } = await make(window, opened, (before) => addMedia(before, { media: [media] }));
    expect(await standing(media.id, ({ file }) => file.kind !== 'checking')).toMatchObject({
      file: { kind: 'missing', lookedAt: at('x.png') },
    });
    await make(window, { ...opened, project }, (before) =>
      changeMedia(before, { mediaId: media.id, pathHint: at('x.png') }),
    );
    await standing(media.id, ({ file }) => file.kind === 'here');
  });

  it.each(['..%2f', `${'a'.repeat(64)}/film.mp4`, `${'a'.repeat(64)}/strip/0.jpg`, `${'a'.repeat(63)}/sound.pcm`])(
    'gives nothing under /imported/%s',
    async (target) => expect([400, 404]).toContain((await studio.get(`/imported/${target}`)).status),
  );

  it('gives no thumbnail to those who have not entered', async () => {
    expect(
      (await ask(studio.host.port, { target: importedThumbnailUrl(sha256Schema.parse('a'.repeat(64))) })).status,
    ).toBe(401);
  });
});
