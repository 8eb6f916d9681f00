import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { changeGiven, changeStart } from '#shared/project/edits/shots';
import { stageIdSchema } from '#shared/pack-manifest';
import { frameUrl } from '#shared/studio/media-url';
import type { OpenedProject } from '#shared/studio/projects';
import { testPack } from '../jobs/jobs.test-support';
import { startStudio, temporaryHome } from './studio.test-support';
import { firstOf, make, makeShot, type Window } from './window.test-support';

const stages = testPack().manifest.stages;
const [base, second] = stages.map(({ id }) => id);
const last = stages.at(-1)!;
const packHash = testPack().hash;

async function opened() {
  const test = await startStudio(await temporaryHome());
  const window = await test.open();
  const project = await window.request('createProject', { title: 'Harbour' });
  const made = await makeShot(window, project, { packHash });
  const { shotId } = made.project.takes.get(made.takeId)!;
  return { test, window, project: { ...project, project: made.project }, takeId: made.takeId, shotId };
}

async function doneUpTo(window: Window, { open }: OpenedProject, takeId: string, upTo: string) {
  const takes = [takeId] as never;
  await window.request('generate', { open, takes, upTo: stageIdSchema.parse(upTo) });
  const states = window.stream('ladders', { open, takes });
  const event = await firstOf(
    states,
    ({ ladder }) => ladder?.stages.find(({ stage }) => stage === upTo)?.state.kind === 'done',
  );
  return event.ladder!.stages.find(({ stage }) => stage === upTo)!;
}

describe('bringing frames to a shot', () => {
  it('takes the last frames of another take as given frames, which then shape the clip', async () => {
    const { test, window, project, takeId, shotId } = await opened();
    const before = await doneUpTo(window, project, takeId, base!);
    const frames = last.output.frames / 4;
    const brought = await window.request('bringGiven', {
      open: project.open,
      packHash,
      source: { kind: 'take', takeId, fromFrame: last.output.frames - frames },
      frames,
    });
    expect(brought).toMatchObject({ frames, height: stages[0]!.output.height });
    // Of the base's last frame each picture is one, since it stands that long.
    const [first, lastOne] = await Promise.all(
      [0, frames - 1].map((frame) => test.get(frameUrl(brought.sha256, frame))),
    );
    const ofBase = await test.get(frameUrl(before.shown!.key, stages[0]!.output.frames - 1));
    expect(first!.body.equals(lastOne!.body)).toBe(true);
    expect(lastOne!.body.equals(ofBase.body)).toBe(true);

    await make(window, project, (now) => changeGiven(now, { shotId, given: [{ source: brought, atFrame: 0 }] }));
    const after = await doneUpTo(window, project, takeId, base!);
    expect(after.key).not.toBe(before.key);
    expect(await test.studio.parts.jobs.artifacts.pins.all()).toContain(brought.sha256);
  });

  it('lets a clip of another take stand for a stage, whose lane and those before it then are replaced', async () => {
    const { window, project, takeId, shotId } = await opened();
    const made = await doneUpTo(window, project, takeId, second!);
    const source = await window.request('bringStart', {
      open: project.open,
      packHash,
      stage: second!,
      source: { kind: 'take', takeId, stage: second!, fromFrame: 0 },
    });
    expect(source.sha256).toBe(made.key);
    await expect(
      window.request('bringStart', {
        open: project.open,
        packHash,
        stage: base!,
        source: { kind: 'take', takeId, stage: second!, fromFrame: 0 },
      }),
    ).rejects.toMatchObject({ code: 'invalid-argument' });
    await make(window, project, (now) => changeStart(now, { shotId, startFrom: { stage: second!, source } }));
    const ladders = window.stream('ladders', { open: project.open, takes: [takeId] });
    const { ladder } = await firstOf(ladders, (event) => event.ladder?.stages[0]?.state.kind === 'replaced');
    expect(ladder!.stages.map(({ state }) => state.kind)).toEqual(
      stages.map((_, index) => (index < 2 ? 'replaced' : 'empty')),
    );
    expect(ladder!.stages[0]!.shown).toBeUndefined();
    expect(ladder!.stages[1]!.shown?.key).toBe(source.sha256);
  });

  it('takes a picture file as a given frame, in the size of the last stage, and says what is no picture', async () => {
    const { test, window, project } = await opened();
    const file = path.join(test.folder, 'card.png');
    const ffmpeg = test.studio.parts.sluice.ffmpeg().path;
    execFileSync(ffmpeg, ['-loglevel', 'error', '-f', 'lavfi', '-i', 'color=red:size=64x48', '-frames:v', '1', file]);
    const brought = await window.request('bringGiven', {
      open: project.open,
      packHash,
      source: { kind: 'file', path: file },
      frames: 1,
    });
    expect(brought).toMatchObject({ frames: 1, height: last.output.height, width: last.output.width });
    await expect(
      window.request('bringGiven', {
        open: project.open,
        packHash,
        source: { kind: 'file', path: path.join(test.folder, 'home/settings.json') },
        frames: 1,
      }),
    ).rejects.toMatchObject({ code: /^media-|^invalid-/ });
  });

  it('tells of each job that waits how long it will take, once that was measured', async () => {
    const { window, project, takeId } = await opened();
    await doneUpTo(window, project, takeId, base!);
    await window.request('changeQueue', { kind: 'hold' });
    const other = await makeShot(window, { ...project }, { packHash, prompt: 'a blue boat' });
    const request = { open: project.open, takes: [other.takeId], upTo: base! };
    const { jobs } = await window.request('generate', request);
    const queue = await firstOf(
      window.stream('queue', {}),
      (facts) => facts.kind === 'here' && facts.jobs.some(({ id }) => id === jobs[0]),
    );
    const job = queue.kind === 'here' ? queue.jobs.find(({ id }) => id === jobs[0]) : undefined;
    expect(job?.seconds).toBeGreaterThan(0);
  });
});
