import { rename } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { stageIdSchema } from '#shared/pack-manifest';
import type { Clip } from '#shared/project/clip';
import { addClips } from '#shared/project/edits/place-clips';
import { newClipId, type ShotId, type TakeId, type TrackId } from '#shared/project/ids';
import { normalSpeed } from '#shared/project/time';
import { testPack } from '../jobs/jobs.test-support';
import { startStudio, temporaryHome } from './studio.test-support';
import { firstOf, make, makeShot } from './window.test-support';

const sample = { title: 'Sample', drawnTitle: 'Drawn sample', drawn: 'Drawn' };

it('makes a sample for the first window: drawn films that say so, in the stage before the last one, which is left to run', async () => {
  const test = await startStudio(await temporaryHome());
  const [one, other] = [await test.open(), await test.open()];
  const [opened, again] = await Promise.all([one, other].map((window) => window.request('createSample', sample)));
  expect(again!.folder).toBe(opened!.folder);
  const { project, open } = opened!;
  expect(project.clips.size).toBe(3);
  for (const { name } of project.shots.values()) expect(name).toMatch(/^Drawn: a /);
  expect(project.title).toBe('Drawn sample');
  const dissolves = [...project.clips.values()].filter(({ dissolveInFrames }) => dissolveInFrames > 0);
  expect(dissolves).toHaveLength(2);
  const [take] = [...project.takes.keys()];
  const { ladder } = await firstOf(one.stream('ladders', { open, takes: [take!] }), ({ ladder }) => ladder !== null);
  expect(ladder?.problem).toBeUndefined();
  const kinds = ladder?.stages.map(({ state }) => state.kind);
  expect(kinds?.slice(0, -1).every((kind) => kind === 'replaced')).toBe(true);
  expect(kinds?.at(-1)).toBe('empty');
  const cover = await one.request('projectCover', { folder: opened!.folder });
  expect(cover).toMatchObject({ clips: 3, picture: { frames: 32, height: 48, width: 80 } });
  const strip = await test.get(`/media/${cover.picture!.key}/strip.png?frames=4&height=32`);
  expect(strip.status).toBe(200);
});

it('makes nothing, and says why, where no sample came with the program', async () => {
  const test = await startStudio(await temporaryHome(), { sampleFolder: '/nowhere' });
  const window = await test.open();
  await expect(window.request('createSample', sample)).rejects.toMatchObject({ code: 'invalid-argument' });
  expect((await window.request('recentProjects', {})).projects).toEqual([]);
});

it('forgets a project and remembers it in its place, and says which are gone', async () => {
  const test = await startStudio(await temporaryHome());
  const window = await test.open();
  const older = await window.request('createProject', { title: 'Harbour' });
  await window.request('createProject', { title: 'Quay' });
  const list = async () => (await window.request('recentProjects', {})).projects;
  const [, harbour] = await list();
  await window.request('forgetProject', { folder: older.folder });
  expect((await list()).map(({ title }) => title)).toEqual(['Quay']);
  await window.request('rememberProject', harbour!);
  expect((await list()).map(({ title }) => title)).toEqual(['Quay', 'Harbour']);
  await window.request('closeProject', { open: older.open });
  await rename(older.folder, path.join(path.dirname(older.folder), 'Moved.sluice'));
  expect((await list()).map(({ exists }) => exists)).toEqual([true, false]);
  await expect(window.request('projectCover', { folder: older.folder })).rejects.toMatchObject({
    code: 'project-not-found',
  });
});

it('covers a project with the highest stage that was made of its first clip, and an empty one with nothing', async () => {
  const test = await startStudio(await temporaryHome());
  const window = await test.open();
  const opened = await window.request('createProject', { title: 'Harbour' });
  const { folder, open } = opened;
  expect(await window.request('projectCover', { folder })).toMatchObject({ clips: 0, seconds: 0 });
  const { takeId, project } = await makeShot(window, opened, { packHash: testPack().hash });
  const [shotId] = [...project.shots.keys()];
  const [track] = [...project.tracks.values()].filter(({ kind }) => kind === 'video');
  await make(window, { ...opened, project }, (at) => addClips(at, { clips: [clipOf(track!.id, shotId!, takeId)] }));
  expect(await window.request('projectCover', { folder })).not.toHaveProperty('picture');
  await window.request('generate', { open, takes: [takeId], upTo: stageIdSchema.parse('tsr-6') });
  await firstOf(window.stream('queue', {}), (queue) => queue.kind === 'here' && queue.jobs[0]?.state.kind === 'done');
  expect(await window.request('projectCover', { folder })).toMatchObject({
    clips: 1,
    seconds: 2,
    picture: { frames: 8 },
  });
});

function clipOf(trackId: TrackId, shotId: ShotId, takeId: TakeId): Clip {
  const shape = { opacity: 1, volume: 1, fadeInFrames: 0, fadeOutFrames: 0, dissolveInFrames: 0 };
  const place = { id: newClipId(), trackId, startFrame: 24, lengthFrames: 24, inFrame: 0, speed: normalSpeed };
  return { ...place, ...shape, source: { kind: 'shot', shotId, takeId } };
}
