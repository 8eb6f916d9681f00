import { stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeProject } from '#shared/project/edits/media';
import { changeSeed } from '#shared/project/edits/takes';
import { stageIdSchema } from '#shared/pack-manifest';
import { frameUrl, proxyUrl, stripUrl } from '#shared/studio/media-url';
import { testPack } from '../jobs/jobs.test-support';
import { firstOf, make, makeShot, startStudio, temporaryHome } from './studio.test-support';

const base = stageIdSchema.parse('base');

describe('generating', () => {
  it('makes the base of a take, shows it on the way, notes it, and serves it', async () => {
    const test = await startStudio(await temporaryHome());
    const window = await test.open();
    const opened = await window.request('createProject', { title: 'Harbour' });
    const { takeId } = await makeShot(window, opened);
    const { open } = opened;
    const ladders = window.stream('ladders', { open, takes: [takeId] });
    const first = await firstOf(ladders, () => true);
    expect(first.ladder?.stages.map(({ state }) => state.kind)).toEqual(testPack().manifest.stages.map(() => 'empty'));

    const events = window.stream('jobEvents', {});
    const { jobs } = await window.request('generate', { open, takes: [takeId], upTo: base });
    const preview = await firstOf(events, ({ event }) => event.kind === 'preview');
    expect(preview).toMatchObject({ job: jobs[0], target: { take: takeId } });

    const states = window.stream('ladders', { open, takes: [takeId] });
    const done = await firstOf(states, ({ ladder }) => ladder?.stages[0]?.state.kind === 'done');
    const [stage, next] = done.ladder?.stages ?? [];
    expect(next?.state.kind).toBe('empty');
    expect(stage?.shown).toMatchObject({ key: stage?.key, frames: 4, height: 12, width: 20 });

    const changes = window.stream('projectChanges', { open, revision: 0 });
    await firstOf(
      changes,
      (event) => event.kind === 'snapshot' && event.project.takes.get(takeId)?.made[0]?.key === stage?.key,
    );
    const key = stage!.key;
    const film = await test.get(proxyUrl(key), { Range: 'bytes=4-7' });
    expect([film.status, film.body.toString('latin1')]).toEqual([206, 'ftyp']);
    for (const url of [frameUrl(key, 3), stripUrl(key, 8, 12)]) {
      const picture = await test.get(url);
      expect(picture.status).toBe(200);
      expect(picture.body.toString('latin1', 1, 4)).toBe('PNG');
    }
    expect((await test.get(frameUrl(key, 16))).status).toBe(400);
    expect(await test.studio.parts.jobs.artifacts.pins.all()).toContain(key);
    expect(test.notices).toEqual([]);
  });

  it('goes on while the window reloads, which then sees where it stands', async () => {
    const test = await startStudio(await temporaryHome());
    const window = await test.open();
    const opened = await window.request('createProject', { title: 'Harbour' });
    const { takeId } = await makeShot(window, opened);
    await window.request('generate', { open: opened.open, takes: [takeId] });
    await firstOf(window.stream('jobEvents', {}), ({ event }) => event.kind === 'progress');
    window.close();

    const again = await test.open();
    const reopened = await again.request('openProject', { folder: opened.folder });
    expect(reopened.project.takes.has(takeId)).toBe(true);
    expect(reopened.state.kind).not.toBe('read-only');
    const seen: string[] = [];
    await firstOf(again.stream('jobEvents', {}), ({ event }) => {
      seen.push(event.kind);
      return event.kind === 'progress' || event.kind === 'stage-finished';
    });
    expect(seen[0]).toBe('planned');
    const lastStage = testPack().manifest.stages.length - 1;
    const ladders = again.stream('ladders', { open: reopened.open, takes: [takeId] });
    const end = await firstOf(ladders, ({ ladder }) => ladder?.stages[lastStage]?.state.kind === 'done');
    expect(end.ladder?.stages.every(({ state }) => state.kind === 'done')).toBe(true);
    expect(end.ladder?.seconds).toBe(0);
  });

  it('goes on after the whole program was closed in the middle, and notes what it finishes', async () => {
    const folder = await temporaryHome();
    const before = await startStudio(folder);
    const window = await before.open();
    const opened = await window.request('createProject', { title: 'Harbour' });
    const { takeId } = await makeShot(window, opened);
    await window.request('generate', { open: opened.open, takes: [takeId] });
    await firstOf(window.stream('jobEvents', {}), ({ event }) => event.kind === 'stage-started');
    await before.close();

    const after = await startStudio(folder);
    const again = await after.open();
    const queue = again.stream('queue', {});
    await firstOf(queue, (facts) => facts.kind === 'here' && facts.jobs[0]?.state.kind === 'done');
    const reopened = await again.request('openProject', { folder: opened.folder });
    expect(reopened.project.takes.get(takeId)?.made).toHaveLength(testPack().manifest.stages.length);
  });

  it('shows what a change makes stale, and what a job says of stages', async () => {
    const test = await startStudio(await temporaryHome());
    const window = await test.open();
    const opened = await window.request('createProject', { title: 'Harbour' });
    const { open } = opened;
    const { takeId, project } = await makeShot(window, opened);
    await window.request('generate', { open, takes: [takeId], upTo: base });
    const ladders = window.stream('ladders', { open, takes: [takeId] });
    await firstOf(ladders, ({ ladder }) => ladder?.stages[0]?.state.kind === 'done');

    await window.request('changeQueue', { kind: 'hold' });
    await make(window, { ...opened, project }, (now) => changeSeed(now, { takeId, seed: 8 }));
    const again = window.stream('ladders', { open, takes: [takeId] });
    const stale = await firstOf(again, ({ ladder }) => ladder?.stages[0]?.state.kind === 'stale');
    expect(stale.ladder?.stages[0]?.shown?.key).not.toBe(stale.ladder?.stages[0]?.key);
    expect(stale.ladder?.stages[0]?.seconds).toBeGreaterThan(0);
    const { jobs } = await window.request('generate', { open, takes: [takeId], upTo: base });
    const queued = window.stream('ladders', { open, takes: [takeId] });
    await firstOf(queued, ({ ladder }) => ladder?.stages[0]?.state.kind === 'queued');
    await window.request('changeQueue', { kind: 'cancel', id: jobs[0]! });
    const cancelled = window.stream('ladders', { open, takes: [takeId] });
    await firstOf(cancelled, ({ ladder }) => ladder?.stages[0]?.state.kind === 'stale');
  });

  it('begins at a stage with what there is of the one before, though that is stale', async () => {
    const test = await startStudio(await temporaryHome());
    const window = await test.open();
    const opened = await window.request('createProject', { title: 'Harbour' });
    const { open } = opened;
    const { takeId, project } = await makeShot(window, opened);
    const second = testPack().manifest.stages[1]!.id;
    await expect(
      window.request('generate', { open, takes: [takeId], from: second, upTo: second }),
    ).rejects.toMatchObject({ code: 'invalid-argument' });
    await window.request('generate', { open, takes: [takeId], upTo: base });
    const ladders = window.stream('ladders', { open, takes: [takeId] });
    const { ladder } = await firstOf(ladders, (event) => event.ladder?.stages[0]?.state.kind === 'done');
    await make(window, { ...opened, project }, (now) => changeSeed(now, { takeId, seed: 8 }));
    const { jobs } = await window.request('generate', { open, takes: [takeId], from: second, upTo: second });
    const finished = await firstOf(
      window.stream('jobEvents', {}),
      ({ job, event }) => job === jobs[0] && event.kind === 'stage-finished',
    );
    expect(finished.event).toMatchObject({ stage: second, reused: false });
    const now = window.stream('ladders', { open, takes: [takeId] });
    const after = await firstOf(now, (event) => event.ladder?.stages[1]?.state.kind === 'stale');
    expect(after.ladder?.stages[0]?.shown?.key).toBe(ladder?.stages[0]?.key);
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
    await window.request('archiveProject', { folder: opened.folder, file });
    const imported = await window.request('importArchive', { file });
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
    const { takeId } = await makeShot(window, opened);
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
