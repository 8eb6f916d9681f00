import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { changeSeed } from '#shared/project/edits/takes';
import { stageIdSchema } from '#shared/pack-manifest';
import { frameUrl, proxyUrl, stripUrl } from '#shared/studio/media-url';
import { testPack } from '../jobs/jobs.test-support';
import { startStudio, temporaryHome } from './studio.test-support';
import { firstOf, make, makeShot } from './window.test-support';

const base = stageIdSchema.parse('base');
const packHash = testPack().hash;

describe('generating', () => {
  it('makes the base of a take, shows it on the way, notes it, and serves it', async () => {
    const test = await startStudio(await temporaryHome());
    const window = await test.open();
    const opened = await window.request('createProject', { title: 'Harbour' });
    const { takeId } = await makeShot(window, opened, { packHash });
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

    // Whoever comes later hears nothing of a job that has ended.
    const late = (await test.open()).stream('jobEvents', {});
    const heard = await Promise.race([late.next(), wait(200, undefined)]);
    expect(heard).toBeUndefined();
  });

  it('goes on while the window reloads, which then sees where it stands', async () => {
    const test = await startStudio(await temporaryHome());
    const window = await test.open();
    const opened = await window.request('createProject', { title: 'Harbour' });
    const { takeId } = await makeShot(window, opened, { packHash });
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
    const { takeId } = await makeShot(window, opened, { packHash });
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
    const { takeId, project } = await makeShot(window, opened, { packHash });
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

  it('says why a stage failed, and does it again', async () => {
    const test = await startStudio(await temporaryHome());
    const window = await test.open();
    const opened = await window.request('createProject', { title: 'Harbour' });
    const { open } = opened;
    const { takeId } = await makeShot(window, opened, { packHash });
    await window.request('changeSettings', { set: { provider: 'coreml' } });
    const { jobs } = await window.request('generate', { open, takes: [takeId], upTo: base });
    const ladders = window.stream('ladders', { open, takes: [takeId] });
    const failed = await firstOf(ladders, ({ ladder }) => ladder?.stages[0]?.state.kind === 'failed');
    expect(failed.ladder?.stages[0]?.state).toMatchObject({ problem: { code: 'provider-unavailable' } });
    await window.request('changeQueue', { kind: 'retry', id: jobs[0]! });
    const queue = window.stream('queue', {});
    await firstOf(queue, (facts) => facts.kind === 'here' && facts.jobs[0]?.state.kind === 'failed');
    await window.request('changeQueue', { kind: 'remove', id: jobs[0]! });
    await window.request('changeSettings', { set: {}, unset: ['provider'] });
    await window.request('generate', { open, takes: [takeId], upTo: base });
    const again = window.stream('ladders', { open, takes: [takeId] });
    await firstOf(again, ({ ladder }) => ladder?.stages[0]?.state.kind === 'done');
  });

  it('begins at a stage with what there is of the one before, though that is stale', async () => {
    const test = await startStudio(await temporaryHome());
    const window = await test.open();
    const opened = await window.request('createProject', { title: 'Harbour' });
    const { open } = opened;
    const { takeId, project } = await makeShot(window, opened, { packHash });
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
