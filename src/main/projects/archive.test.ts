/** A project as one file, and what of such a file is believed. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readdir, readFile, readlink, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { cancellation, isCancellation } from '#shared/errors';
import { addMedia } from '#shared/project/edits/media';
import { addShot } from '#shared/project/edits/shots';
import { addClips } from '#shared/project/edits/place-clips';
import { stageIdSchema } from '#shared/pack-manifest';
import { mediaSchema } from '#shared/project/media';
import { projectSchema, type Project } from '#shared/project/project';
import { boat, boatClip, film, hashOf, still, takeOne, withClips } from '#shared/project/project.test-fixtures';
import { sha256Schema } from '#shared/units';
import { archiveProject } from './archive';
import { emptyStacks } from './entry';
import { layoutOf } from './layout';
import type { OpenProject } from './open-project';
import { make, mark, usePlace } from './projects.test-fixtures';
import { encodeSnapshot } from './snapshot';
import { metadataFormat } from '../artifacts/metadata';

const place = usePlace();
const sound = Buffer.from('the bytes of a film');
const soundHash = sha256Schema.parse(createHash('sha256').update(sound).digest('hex'));

async function withMedia(title: string): Promise<OpenProject> {
  const project = await (await place.store()).create(place.folder, title);
  await make(project, addShot(project.project, { shot: boat, takes: [takeOne] }));
  const track = project.project.trackOrder[1]!;
  await make(project, addClips(project.project, { clips: [boatClip('a', { trackId: track })] }));
  const here = mediaSchema.parse({ ...film, sha256: soundHash, pathHint: '/home/somebody/Films/film.mp4' });
  const there = mediaSchema.parse({ ...still, pathHint: 'C:\\Users\\somebody\\still.png' });
  await make(project, addMedia(project.project, { media: [here, there] }));
  return project;
}

async function zipOf(entries: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(entries))
    zip.addBuffer(Buffer.from(content), name, { compress: name.endsWith('.json') });
  zip.end();
  const file = path.join(place.folder, 'made.zip');
  await pipeline(zip.outputStream, createWriteStream(file));
  return file;
}

const snapshotOf = (project: Project) => encodeSnapshot({ project, revision: 3, stacks: emptyStacks });

it('goes into one file and comes back with its media, without the places of the machine it was on', async () => {
  const project = await withMedia('Holiday');
  const media = path.join(place.folder, 'film.mp4');
  await writeFile(media, sound);
  const file = path.join(place.folder, 'Holiday.zip');
  const store = await place.store();
  const contents = { media: [{ sha256: soundHash, path: media }], frames: [] };
  await archiveProject(project.project, contents, file);
  await expect(archiveProject(project.project, contents, file)).rejects.toMatchObject({ code: 'output-exists' });
  expect((await readFile(file)).includes('somebody')).toBe(false);

  const folder = await store.importArchive(file, path.join(place.folder, 'imported'));
  expect(path.basename(folder)).toBe('Holiday.sluice');
  expect((await readFile(path.join(folder, 'media', soundHash))).equals(sound)).toBe(true);
  const back = await store.open(folder);
  expect(back.project.id).not.toBe(project.project.id);
  expect(back.revision).toBe(0);
  expect(back.project.clips).toEqual(project.project.clips);
  expect([...back.project.media.values()].map(({ pathHint }) => pathHint)).toEqual([`media/${soundHash}`, 'still.png']);
  expect({ ...back.project, id: 0, media: 0 }).toEqual({ ...project.project, id: 0, media: 0 });
});

it('holds the edits of memory where the project is open, and opening an import starts nothing', async () => {
  const store = await place.store();
  const project = await store.create(place.folder, 'Open');
  await mark(project, 4);
  const file = path.join(place.folder, 'open.zip');
  await archiveProject(await store.projectIn(project.directory), { media: [], frames: [] }, file);
  const folder = await store.importArchive(file, place.folder);
  expect(await readdir(folder)).toEqual(['project.json']);
  expect((await store.open(folder)).project.markers.size).toBe(1);
});

it('leaves nothing behind where media cannot be read', async () => {
  const project = await withMedia('Missing');
  const file = path.join(place.folder, 'missing.zip');
  const media = [{ sha256: soundHash, path: path.join(place.folder, 'nowhere') }];
  await expect(archiveProject(project.project, { media, frames: [] }, file)).rejects.toMatchObject({
    code: 'media-unreadable',
  });
  expect((await readdir(place.folder)).filter((name) => name.startsWith('missing.zip'))).toEqual([]);
});

it('tells of every byte, and leaves nothing behind where it is cancelled midway', async () => {
  const project = await withMedia('Large');
  const large = path.join(place.folder, 'large.bin');
  await writeFile(large, Buffer.alloc(1_000_000, 7));
  const media = [{ sha256: soundHash, path: large }];
  const told: number[] = [];
  const whole = path.join(place.folder, 'whole.zip');
  const onBytes = (done: number, of: number) => void told.push(done / of);
  await archiveProject(project.project, { media, frames: [] }, whole, { onBytes });
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect([told.length > 10, told.at(-1)]).toEqual([true, 1]);

  const stop = new AbortController();
  const file = path.join(place.folder, 'half.zip');
  const half = { signal: stop.signal, onBytes: (done: number) => done > 500_000 && stop.abort(cancellation()) };
  await expect(archiveProject(project.project, { media, frames: [] }, file, half)).rejects.toSatisfy(isCancellation);
  expect((await readdir(place.folder)).filter((name) => name.startsWith('half'))).toEqual([]);
  const open = (await readdir('/proc/self/fd').catch(() => [])).map((fd) =>
    readlink(`/proc/self/fd/${fd}`).catch(() => ''),
  );
  expect(await Promise.all(open)).not.toContain(large);
});

it('tells of every byte that it reads, and there is no project where that is cancelled midway', async () => {
  const content = Buffer.alloc(1_000_000, 7);
  const sha256 = sha256Schema.parse(createHash('sha256').update(content).digest('hex'));
  const project = { ...withClips('a'), media: new Map([[film.id, { ...film, sha256 }]]) };
  const held = { 'project.json': snapshotOf(project), [`media/${sha256}`]: content };
  const file = await zipOf(held);
  const parent = path.join(place.folder, 'in');
  const store = await place.store();
  const told: number[] = [];
  const onBytes = (done: number, of: number) => void told.push(done / of);
  await store.importArchive(file, parent, undefined, { onBytes });
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect([told.length > 10, told.at(-1)]).toEqual([true, 1]);

  const stop = new AbortController();
  const half = { signal: stop.signal, onBytes: (done: number) => done > 500_000 && stop.abort(cancellation()) };
  await expect(store.importArchive(file, parent, undefined, half)).rejects.toSatisfy(isCancellation);
  const late = new AbortController();
  const takeFrames = () => {
    late.abort(cancellation());
    return Promise.resolve();
  };
  await expect(store.importArchive(file, parent, takeFrames, { signal: late.signal })).rejects.toSatisfy(
    isCancellation,
  );
  expect(await readdir(parent)).toHaveLength(1);
});

const frames = {
  format: metadataFormat,
  origin: { kind: 'imported' },
  ...{ frames: 1, height: 2, width: 2, fps: 24 },
  framesSha256: hashOf('5'),
  madeAt: '2026-11-22T00:00:00.000Z',
};

/** With a take of which the base was made. */
function withMade(digit: string): Project {
  const project = withClips('a');
  const takes = new Map(project.takes);
  for (const take of takes.values()) takes.set(take.id, { ...take, made: [baseMade(digit)] });
  return { ...project, takes };
}

const baseMade = (digit: string) => ({ stage: stageIdSchema.parse('base'), key: hashOf(digit) });
const good = snapshotOf(withClips('a'));
const parts = (text: string, change: (state: { project: Record<string, unknown> }) => void): string => {
  const state = (JSON.parse(text) as { state: { project: Record<string, unknown> } }).state;
  change(state);
  const json = JSON.stringify(state);
  return `{"format":"sluice-project","schemaVersion":1,"check":"${createHash('sha256').update(json).digest('hex')}","state":${json}}`;
};

const made = snapshotOf(withMade('1'));
const listOf = (digit: string, sizeBytes: number): string =>
  JSON.stringify({ format: 1, frames: [{ ...frames, key: hashOf(digit), sizeBytes }] });

it.each<[string, Readonly<Record<string, string | Buffer>>, string]>([
  ['no project', { 'media/x.txt': 'x' }, 'project-invalid'],
  ['an empty archive', {}, 'project-invalid'],
  ['another file', { 'project.json': good, 'run.sh': 'rm -rf /' }, 'project-invalid'],
  ['a file under a path', { 'project.json': good, 'media/a/b': 'x' }, 'project-invalid'],
  ['a history', { 'project.json': good, 'journal.jsonl': '' }, 'project-invalid'],
  ['a damaged project', { 'project.json': good.slice(0, -30) }, 'project-invalid'],
  ['a wrong check', { 'project.json': good.replace('"revision":3', '"revision":4') }, 'project-invalid'],
  ['a newer format', { 'project.json': good.replace('"schemaVersion":1', '"schemaVersion":9') }, 'project-newer'],
  ['deep nesting', { 'project.json': `${'['.repeat(1000)}${']'.repeat(1000)}` }, 'project-invalid'],
  [
    'an unknown field',
    { 'project.json': parts(good, (state) => (state.project['onOpen'] = 'start')) },
    'project-invalid',
  ],
  [
    'clips that overlap',
    {
      'project.json': parts(good, (state) =>
        (state.project['clips'] as object[]).push({ ...(state.project['clips'] as object[])[0], id: 'clip-b' }),
      ),
    },
    'project-invalid',
  ],
  ['frames that no list names', { 'project.json': good, [`frames/${hashOf('1')}`]: 'x' }, 'project-invalid'],
  [
    'frames nobody uses',
    { 'project.json': good, 'frames.json': listOf('9', 1), [`frames/${hashOf('9')}`]: 'x' },
    'project-invalid',
  ],
  [
    'frames of another size',
    { 'project.json': made, 'frames.json': listOf('1', 2), [`frames/${hashOf('1')}`]: 'x' },
    'project-invalid',
  ],
  ['a list of frames that are not there', { 'project.json': made, 'frames.json': listOf('1', 1) }, 'project-invalid'],
  [
    'a damaged list of frames',
    { 'project.json': made, 'frames.json': '{"format":1,"frames":[{}]}' },
    'project-invalid',
  ],
  ['media nobody uses', { 'project.json': good, [`media/${hashOf('9')}`]: 'x' }, 'project-invalid'],
  ['media of another content', { 'project.json': good, [`media/${film.sha256}`]: 'x' }, 'project-invalid'],
])('refuses an archive with %s, and leaves nothing', async (_, entries, code) => {
  const file = await zipOf(entries);
  const parent = path.join(place.folder, 'in');
  await expect((await place.store()).importArchive(file, parent)).rejects.toMatchObject({ code });
  expect(await readdir(parent).catch(() => [])).toEqual([]);
});

it('refuses what is no archive, and names that lead out of it', async () => {
  const store = await place.store();
  const text = path.join(place.folder, 'text.zip');
  await writeFile(text, 'not a zip file at all, but long enough to look for one in');
  await expect(store.importArchive(text, place.folder)).rejects.toMatchObject({ code: 'project-invalid' });
  await expect(store.importArchive(path.join(place.folder, 'none.zip'), place.folder)).rejects.toThrow();

  const file = await zipOf({ 'project.json': good, 'media/aa': 'x' });
  const bytes = await readFile(file);
  for (let at = bytes.indexOf('media/aa'); at !== -1; at = bytes.indexOf('media/aa', at + 1))
    bytes.write('../../aa', at);
  await writeFile(file, bytes);
  await expect(store.importArchive(file, place.folder)).rejects.toMatchObject({ code: 'project-invalid' });
  await expect(stat(path.join(place.folder, '..', '..', 'aa'))).rejects.toThrow();
});

it('refuses a project that unpacks to more than any project has', async () => {
  const file = await zipOf({ 'project.json': Buffer.alloc(129 * 1024 ** 2, 0x20) });
  expect((await stat(file)).size).toBeLessThan(1024 ** 2);
  await expect((await place.store()).importArchive(file, place.folder)).rejects.toMatchObject({
    code: 'project-invalid',
    message: /bytes/,
  });
});

it('refuses media and frames that are compressed: a small file could hold any amount', async () => {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(made), 'project.json');
  zip.addBuffer(Buffer.from(listOf('1', 1024 ** 2)), 'frames.json');
  zip.addBuffer(Buffer.alloc(1024 ** 2), `frames/${hashOf('1')}`, { compress: true });
  zip.end();
  const file = path.join(place.folder, 'bomb.zip');
  await pipeline(zip.outputStream, createWriteStream(file));
  await expect((await place.store()).importArchive(file, place.folder)).rejects.toMatchObject({
    code: 'project-invalid',
    message: /compressed/,
  });
});

it('takes a project of any size up to the limit: the schema is what decides', async () => {
  const project = withClips('a', 'b');
  const file = await zipOf({ 'project.json': snapshotOf(project) });
  const folder = await (await place.store()).importArchive(file, place.folder);
  const text = await readFile(layoutOf(folder).snapshot, 'utf8');
  const read = projectSchema.parse((JSON.parse(text) as { state: { project: unknown } }).state.project);
  expect({ ...read, id: project.id }).toEqual(project);
});
