/** What is stale of a whole project, beyond what any window has in sight. */
import { expect, it } from 'vitest';
import { stageIdSchema } from '#shared/pack-manifest';
import { inOneStep } from '#shared/project/change';
import { addClips } from '#shared/project/edits/place-clips';
import { addTakes, changeSeed } from '#shared/project/edits/takes';
import { newClipId, newTakeId } from '#shared/project/ids';
import { normalSpeed } from '#shared/project/time';
import { testPack } from '../jobs/jobs.test-support';
import { startStudio, temporaryHome } from './studio.test-support';
import { firstOf, make, makeShot, type Window } from './window.test-support';

const base = stageIdSchema.parse('base');
const packHash = testPack().hash;
/** More than a window may follow the ladders of. */
const others = 240;

async function withManyTakes(window: Window) {
  const opened = await window.request('createProject', { title: 'Harbour' });
  const { takeId, project } = await makeShot(window, opened, { packHash });
  const take = project.takes.get(takeId)!;
  const track = [...project.tracks.values()].find(({ kind }) => kind === 'video')!;
  const shape = { opacity: 1, volume: 1, fadeInFrames: 0, fadeOutFrames: 0, dissolveInFrames: 0, speed: normalSpeed };
  const all = Array.from({ length: others }, (_, at) => ({ ...take, id: newTakeId(), number: at + 2, seed: 100 + at }));
  const clips = [take, ...all].map(({ id }, at) => ({
    ...{ id: newClipId(), trackId: track.id, startFrame: at * 10, lengthFrames: 10, inFrame: 0, ...shape },
    source: { kind: 'shot' as const, shotId: take.shotId, takeId: id },
  }));
  const many = await make(window, { ...opened, project }, (at) =>
    inOneStep(at, 'add-takes', [(now) => addTakes(now, { takes: all }), (now) => addClips(now, { clips })]),
  );
  return { opened: { ...opened, project: many.project }, takeId, last: all.at(-1)! };
}

it('is told of every take that the project shows, with what renewing it takes; not of what was never made', async () => {
  const test = await startStudio(await temporaryHome());
  const window = await test.open();
  const { opened, last } = await withManyTakes(window);
  const { open } = opened;
  // Begins with what is so now.
  expect(await firstOf(window.stream('staleTakes', { open }), () => true)).toEqual({ takes: [] });

  await window.request('generate', { open, takes: [last.id], upTo: base });
  const ladders = window.stream('ladders', { open, takes: [last.id] });
  await firstOf(ladders, ({ ladder }) => ladder?.stages[0]?.state.kind === 'done');
  const { project } = await window.request('openProject', { folder: opened.folder });
  const changed = firstOf(window.stream('staleTakes', { open }), ({ takes }) => takes.length > 0);
  await make(window, { ...opened, project }, (at) => changeSeed(at, { takeId: last.id, seed: 8 }));
  const { takes } = await changed;
  expect(takes).toMatchObject([{ takeId: last.id, upTo: base, cost: { stages: 1 } }]);

  // What waits to be made is stale no more.
  const queued = firstOf(window.stream('staleTakes', { open }), (event) => event.takes.length === 0);
  await window.request('changeQueue', { kind: 'hold' });
  await window.request('generate', { open, takes: [last.id], upTo: base });
  await queued;
});
