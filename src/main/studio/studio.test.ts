import { stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeProject } from '#shared/project/edits/media';
import { stageIdSchema } from '#shared/pack-manifest';
import { testPack } from '../jobs/jobs.test-support';
import { startStudio, temporaryHome } from './studio.test-support';
import { archive, bringArchive, firstOf, make, makeShot } from './window.test-support';

const base = stageIdSchema.parse('base');
const packHash = testPack().hash;

describe('a second process on the same home', () => {
  it('reads what the first has open, waits for the queue, and takes it over', async () => {
    const folder = await temporaryHome();
    const first = await startStudio(folder);
    const window = await first.open();
    const opened = await window.request('createProject', { title: 'Harbour' });
    const { takeId } = await makeShot(window, opened, { packHash });
    await window.request('changeQueue', { kind: 'hold' });
    await window.request('generate', { open: opened.open, takes: [takeId], upTo: base });

    const second = await startStudio(folder);
    const other = await second.open();
    const theirs = await other.request('openProject', { folder: opened.folder });
    expect(theirs.state).toMatchObject({ kind: 'read-only' });
    const { open } = theirs;
    await expect(make(other, theirs, (now) => changeProject(now, { title: 'Quay' }))).rejects.toMatchObject({
      code: 'project-locked',
    });
    await expect(other.request('generate', { open, takes: [takeId] })).rejects.toMatchObject({ code: 'queue-busy' });
    const queue = other.stream('queue', {});
    expect((await queue.next()).value?.kind).toBe('elsewhere');
    await first.close();
    const taken = await firstOf(queue, ({ kind }) => kind === 'here');
    expect(taken).toMatchObject({ isHeld: true, jobs: [{ state: { kind: 'waiting' }, target: { take: takeId } }] });
    await other.request('closeProject', { open });
    expect((await other.request('openProject', { folder: opened.folder })).state.kind).not.toBe('read-only');
  });
});

describe('projects', () => {
  it('are the same in two windows, which hear of each other, and undo together', async () => {
    const test = await startStudio(await temporaryHome());
    const [one, other] = [await test.open(), await test.open()];
    const opened = await one.request('createProject', { title: 'Harbour' });
    const theirs = await other.request('openProject', { folder: opened.folder });
    const changes = other.stream('projectChanges', { open: theirs.open, revision: theirs.revision });
    await make(one, opened, (project) => changeProject(project, { title: 'Quay' }));
    const heard = await firstOf(changes, ({ kind }) => kind === 'changed');
    expect(heard).toMatchObject({
      by: 'edit',
      label: 'change-project',
      stacks: { undo: 'change-project', redo: null },
    });
    const undone = await other.request('undo', { open: theirs.open });
    expect(undone.made?.saved).toBe(true);
    one.close();
    await other.request('closeProject', { open: theirs.open });
    const again = await other.request('openProject', { folder: opened.folder });
    expect([again.project.title, again.stacks]).toEqual(['Harbour', { undo: null, redo: 'change-project' }]);
  });

  it('refuse edits that do not fit, and what was not opened here, without closing the channel', async () => {
    const test = await startStudio(await temporaryHome());
    const [one, other] = [await test.open(), await test.open()];
    const { open, folder } = await one.request('createProject', { title: 'Harbour' });
    const edit = {
      id: 'edit-1',
      label: 'trim' as const,
      patches: [{ op: 'remove' as const, path: ['clips', 'clip-1', 'speed'] }],
    };
    await expect(one.request('applyEdit', { open, edit })).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(other.request('applyEdit', { open, edit })).rejects.toMatchObject({ code: 'project-not-found' });
    await expect(other.stream('projectChanges', { open, revision: 0 }).next()).rejects.toMatchObject({
      code: 'project-not-found',
    });
    await expect(one.request('openProject', { folder: `${folder}/none` })).rejects.toMatchObject({
      code: 'project-not-found',
    });
    expect(await other.request('undo', { open: (await other.request('openProject', { folder })).open })).toEqual({
      made: null,
    });
  });

  it('are listed, copied, renamed and archived', async () => {
    const folder = await temporaryHome();
    const test = await startStudio(folder);
    const window = await test.open();
    const opened = await window.request('createProject', { title: '<img src=x onerror=alert(1)>' });
    expect(path.dirname(opened.folder)).toBe(path.join(folder, 'Sluice Projects'));
    const copy = await window.request('duplicateProject', { folder: opened.folder, title: 'Copy' });
    const renamed = await window.request('renameProject', { folder: copy.folder, title: 'Quay' });
    expect(path.basename(renamed.folder)).toBe('Quay.sluice');
    await window.request('renameProject', { folder: opened.folder, title: 'Harbour' });
    const file = path.join(folder, 'harbour.zip');
    await archive(window, { folder: opened.folder, file });
    const imported = await bringArchive(window, file);
    expect((await window.request('openProject', { folder: imported.folder })).project.title).toBe('Harbour');
    const { projects } = await window.request('recentProjects', {});
    expect(projects.map(({ title }) => title)).toContain('Quay');
    const listing = await window.request('browseFolder', { folder: path.join(folder, 'Sluice Projects') });
    expect(listing.entries.filter(({ kind }) => kind === 'project').length).toBeGreaterThanOrEqual(3);
  });
});

describe('the rest', () => {
  it('keeps settings for every window and over restarts', async () => {
    const folder = await temporaryHome();
    const test = await startStudio(folder);
    const [one, other] = [await test.open(), await test.open()];
    const settings = other.stream('settings', {});
    expect((await settings.next()).value?.theme).toBe('system');
    await one.request('changeSettings', { set: { theme: 'dark', threads: 2 } });
    expect((await settings.next()).value).toMatchObject({ theme: 'dark', threads: 2 });
    await one.request('changeSettings', { set: {}, unset: ['threads'] });
    await test.close();
    const again = await (await startStudio(folder)).open();
    const { value } = await again.stream('settings', {}).next();
    expect(value).toMatchObject({ theme: 'dark' });
    expect(value).not.toHaveProperty('threads');
  });

  it('lists packs with all that planning needs, and estimates a shot', async () => {
    const test = await startStudio(await temporaryHome());
    const window = await test.open();
    const { packs } = await window.request('packs', {});
    const [pack] = packs;
    expect(pack).toMatchObject({ state: 'valid', origin: 'built-in', isPreferred: true, hash: testPack().hash });
    expect((await window.request('packCard', { hash: testPack().hash })).markdown.length).toBeGreaterThan(0);
    const shot = { prompts: [{ fromSec: 0, prompt: 'a red boat' }], seed: 1 };
    const ladder = await window.request('estimate', { packHash: testPack().hash, shot });
    expect(ladder.stages).toHaveLength(testPack().manifest.stages.length);
    const broken = { ...shot, stages: { nowhere: { steps: 3 } } };
    expect(await window.request('estimate', { packHash: testPack().hash, shot: broken })).toMatchObject({
      stages: [],
      problem: { code: 'invalid-shot' },
    });
  });

  it('exports a take with its recipe, and says how that went', async () => {
    const folder = await temporaryHome();
    const test = await startStudio(folder);
    const window = await test.open();
    const opened = await window.request('createProject', { title: 'Harbour' });
    const { open } = opened;
    const { takeId } = await makeShot(window, opened, { packHash });
    await window.request('generate', { open, takes: [takeId], upTo: base });
    const source = { kind: 'take' as const, open, takeId };
    const file = path.join(folder, 'boat.mp4');
    await expect(window.request('startExport', { source, preset: 'mp4-h264', file })).rejects.toMatchObject({
      code: 'artifact-missing',
    });
    await firstOf(
      window.stream('ladders', { open, takes: [takeId] }),
      ({ ladder }) => ladder?.stages[0]?.state.kind === 'done',
    );
    const { presets } = await window.request('exportPresets', {});
    expect(presets.find(({ id }) => id === 'mp4-h264')?.isUsable).toBe(true);
    const { id } = await window.request('startExport', { source, preset: 'mp4-h264', file });
    await firstOf(window.stream('exports', {}), ({ exports }) => exports[0]?.state.kind === 'done');
    expect((await stat(file)).size).toBeGreaterThan(500);
    expect((await stat(`${file}.recipe.json`)).size).toBeGreaterThan(100);
    await expect(window.request('startExport', { source, preset: 'mp4-h264', file })).rejects.toMatchObject({
      code: 'output-exists',
    });
    await window.request('cancelExport', { id });
    await firstOf(window.stream('exports', {}), ({ exports }) => exports.length === 0);
  });

  it('cuts off a window that sends what the contract does not know, and no other', async () => {
    const test = await startStudio(await temporaryHome());
    const [one, other] = [await test.open(), await test.open()];
    const nonsense = one.request('createProject', { title: 'x'.repeat(1000) });
    await expect(nonsense).rejects.toMatchObject({ code: 'channel-protocol' });
    expect((await other.request('application', {})).door).toBe('browser');
  });
});
