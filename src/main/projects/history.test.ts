/** Undo and redo: without limit, through restarts, past what was recorded meanwhile. */
import { cp, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SluiceError } from '#shared/errors';
import { addClips } from '#shared/project/edits/place-clips';
import { addMedia } from '#shared/project/edits/media';
import { addShot } from '#shared/project/edits/shots';
import { addTakes, changeSeed, noteMade, removeTakes } from '#shared/project/edits/takes';
import { changeTrack } from '#shared/project/edits/tracks';
import { removeClips, rippleDelete } from '#shared/project/edits/remove-clips';
import { newEditId, takeIdSchema } from '#shared/project/ids';
import type { Project } from '#shared/project/project';
import {
  base,
  boat,
  boatClip,
  clipId,
  film,
  hashOf,
  still,
  takeOne,
  takeOneId,
} from '#shared/project/project.test-fixtures';
import { randomChange, randomSteps } from '#shared/project/random-edits.test-fixtures';
import { layoutOf } from './layout';
import type { OpenProject } from './open-project';
import { make, mark, marks, usePlace } from './projects.test-fixtures';

const place = usePlace();

async function withShot(title: string): Promise<OpenProject> {
  const project = await (await place.store()).create(place.folder, title);
  await make(project, addShot(project.project, { shot: boat, takes: [takeOne] }));
  await make(project, addMedia(project.project, { media: [film, still] }));
  return project;
}

async function reopened(project: OpenProject): Promise<OpenProject> {
  await project.close();
  return (await place.store()).open(project.directory);
}

it('takes back and makes again any sequence of edits, exactly, with restarts in between', async () => {
  let number = 0;
  await fc.assert(
    fc.asyncProperty(randomSteps, fc.nat(3), async (steps, restartEvery) => {
      let project = await withShot(`Random ${(number += 1)}`);
      const states: Project[] = [project.project];
      for (const [serial, step] of steps.entries()) {
        try {
          const change = randomChange(project.project, step, serial);
          if (change.patches.length === 0) continue;
          await make(project, change);
          states.push(project.project);
        } catch (error) {
          if (!(error instanceof RangeError || error instanceof SluiceError)) throw error;
        }
      }
      if (restartEvery > 0) project = await reopened(project);
      expect(project.project).toEqual(states.at(-1));
      for (const state of [...states].reverse().slice(1)) {
        expect(await project.undo()).toMatchObject({ saved: true });
        expect(project.project).toEqual(state);
      }
      if (restartEvery > 1) project = await reopened(project);
      for (const state of states.slice(1)) {
        expect(await project.redo()).toMatchObject({ saved: true });
        expect(project.project).toEqual(state);
      }
      expect(await project.redo()).toBeUndefined();
      await project.close();
    }),
    { numRuns: 6 },
  );
}, 120_000);

it('goes back beyond what memory and the current journal hold', async () => {
  let project = await (await place.store()).create(place.folder, 'Long');
  const count = 300;
  for (let frame = 2; frame <= count; frame += 1) void mark(project, frame);
  await mark(project, 1);
  // Acknowledged only after the snapshot that the entries before it made due.
  await mark(project, 0);
  expect((await readdir(path.join(project.directory, 'history'))).length).toBeGreaterThan(0);
  project = await reopened(project);
  for (let step = 0; step <= count; step += 1) await project.undo();
  expect(marks(project)).toEqual([]);
  expect(await project.undo()).toBeUndefined();
  project = await reopened(project);
  for (let step = 0; step <= count; step += 1) await project.redo();
  expect(marks(project).length).toBe(count + 1);
  expect(project.stacks).toMatchObject({ undo: { label: 'add-marker' }, redo: null });
}, 120_000);

it('keeps a ripple over many clips as a short line, and takes it back and makes it again after a restart or a crash', async () => {
  const project = await withShot('Ripple');
  const trackId = project.project.trackOrder[1]!;
  const clips = Array.from({ length: 500 }, (_, at) => boatClip(`r${at}`, { trackId, startFrame: at * 24 }));
  await make(project, addClips(project.project, { clips }));
  const before = project.project;
  await make(project, rippleDelete(before, { clipIds: [clipId('r3'), clipId('r200')] }));
  const after = project.project;
  const journal = (await readFile(layoutOf(project.directory).journal, 'utf8')).trimEnd().split('\n');
  expect(journal.at(-1)!.length).toBeLessThan(3000);

  // A copy is what a killed process leaves: nothing but the journal knows of the ripple.
  const left = path.join(place.folder, 'Left.sluice');
  await cp(project.directory, left, { recursive: true });
  const recovered = await (await place.store()).open(left);
  expect(recovered.project.clips).toEqual(after.clips);
  await project.close();
  await recovered.undo();
  expect(recovered.project.clips).toEqual(before.clips);
  const again = await reopened(recovered);
  await again.redo();
  expect(again.project.clips).toEqual(after.clips);
  await again.undo();
  expect(again.project.clips).toEqual(before.clips);
});

it('forgets what was taken back once something else is done', async () => {
  const project = await (await place.store()).create(place.folder, 'Branch');
  for (const frame of [1, 2, 3]) await mark(project, frame);
  await project.undo();
  await project.undo();
  expect(project.stacks).toEqual({
    undo: { revision: 1, label: 'add-marker' },
    redo: { revision: 5, label: 'add-marker' },
  });
  await mark(project, 9);
  expect(await project.redo()).toBeUndefined();
  await project.undo();
  await project.undo();
  expect(marks(project)).toEqual([]);
});

it('keeps finished stages when an edit from before them is undone, and brings them back with a removed take', async () => {
  let project = await withShot('Made');
  const made = { stage: base, key: hashOf('d') };
  const other = takeIdSchema.parse('take-two');
  await make(project, addTakes(project.project, { takes: [{ ...takeOne, id: other, number: 2 }] }));
  await make(project, changeSeed(project.project, { takeId: takeOneId, seed: 99 }));
  for (const takeId of [takeOneId, other]) {
    const { label, patches } = noteMade(project.project, { takeId, made });
    expect(await project.record({ id: newEditId(), label, patches: [...patches] })).toMatchObject({ saved: true });
  }
  await project.undo();
  expect(project.project.takes.get(takeOneId)).toMatchObject({ seed: takeOne.seed, made: [made] });
  await project.redo();
  await make(project, removeTakes(project.project, { takeIds: [other] }));
  project = await reopened(project);
  await project.undo();
  expect(project.project.takes.get(other)?.made).toEqual([made]);
  expect(project.project.takes.get(takeOneId)).toMatchObject({ seed: 99, made: [made] });
});

it('refuses edits of locked tracks and edits that contradict the project, and stays as it was', async () => {
  const project = await withShot('Refuse');
  const video = project.project.trackOrder[1]!;
  await make(project, addClips(project.project, { clips: [boatClip('a', { trackId: video })] }));
  const removal = removeClips(project.project, { clipIds: [clipId('a')] });
  await make(project, changeTrack(project.project, { trackId: video, locked: true }));
  const before = project.project;
  await expect(make(project, removal)).rejects.toMatchObject({ code: 'invalid-argument', message: /locked/ });
  const run = { first: clipId('a'), last: clipId('a'), byFrames: 1 };
  const shift = { op: 'shift' as const, path: ['clips'] as ['clips'], value: [run] };
  await expect(project.apply({ id: newEditId(), label: 'close-gap', patches: [shift] })).rejects.toMatchObject({
    code: 'invalid-argument',
    message: /locked/,
  });
  const edits = [
    [{ op: 'replace', path: ['clips', 'clip-a', 'lengthFrames'], value: -1 }],
    [{ op: 'replace', path: ['clips', 'clip-zz', 'lengthFrames'], value: 1 }],
    [{ op: 'remove', path: ['takes', takeOneId] }],
    [{ op: 'replace', path: ['takes', takeOneId, 'shotId'], value: 'shot-none' }],
    [{ op: 'replace', path: ['id'], value: 'project-other' }],
    [{ op: 'add', path: ['constructor'], value: 1 }],
    [{ op: 'add', path: ['takes', takeOneId, 'constructor'], value: 1 }],
    [{ op: 'add', path: ['markers', 'clip-a'], value: { id: 'clip-a' } }],
    [{ op: 'replace', path: ['trackOrder'], value: [] }],
    [{ op: 'add', path: ['range'], value: { inFrame: 5, outFrame: 5 } }],
  ] as const;
  for (const patches of edits)
    await expect(
      project.apply({
        id: newEditId(),
        label: 'trim',
        patches: patches.map((patch) => ({ ...patch, path: [...patch.path] })),
      }),
    ).rejects.toMatchObject({ code: 'invalid-argument' });
  expect(project.project).toBe(before);
});
