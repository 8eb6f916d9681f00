// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { addTakes } from '#shared/project/edits/takes';
import { takeIdSchema } from '#shared/project/ids';
import { clipId, takeOne } from '#shared/project/project.test-fixtures';
import { FakeMain } from './fake-main.test-port';
import { withSeen } from './seen-takes';
import { openTestStudio } from './open-studio.test-support';
import { clipFrames, manyTakes, takeAt } from './takes-in-sight.test-fixtures';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));
let main: FakeMain;

beforeEach(() => {
  main = new FakeMain(manyTakes(450), manifest);
});

async function open() {
  const studio = await openTestStudio(main);
  studio.timeline.setState({ width: 960, sight: { top: 0, height: 300 } });
  const known = (index: number) => studio.work.getState().ladders.has(takeAt(index));
  return { ...studio, known };
}

test('a clip beyond the first 200 takes gets its ladder when it comes into sight, and those before it keep theirs', async () => {
  const { timeline, known } = await open();
  await vi.waitFor(() => expect(known(0)).toBe(true));
  expect(known(300)).toBe(false);
  timeline.setState({ scale: { pixelsPerFrame: 4, leftFrame: 300 * clipFrames } });
  await vi.waitFor(() => expect(known(300)).toBe(true));
  expect(known(0)).toBe(true);
});

test('so does one that is selected, comes to the playhead, or is in sight in a list', async () => {
  const { timeline, seen, known } = await open();
  timeline.setState({ selection: new Set([clipId('n420')]) });
  await vi.waitFor(() => expect(known(420)).toBe(true));
  timeline.setState({ playhead: 250 * clipFrames });
  await vi.waitFor(() => expect(known(250)).toBe(true));
  expect(known(230)).toBe(false);
  seen.setState((state) => withSeen(state, {}, { came: [takeAt(230)] }));
  await vi.waitFor(() => expect(known(230)).toBe(true));
});

test('main is asked a few times while a person scrolls through everything, not at every frame', async () => {
  const { timeline, known } = await open();
  await vi.waitFor(() => expect(main.followed).toHaveLength(1));
  for (let frame = 0; frame <= 440 * clipFrames; frame += clipFrames)
    timeline.setState({ scale: { pixelsPerFrame: 4, leftFrame: frame } });
  await vi.waitFor(() => expect(known(440)).toBe(true));
  expect(main.followed).toHaveLength(2);
  timeline.setState({ scale: { pixelsPerFrame: 4, leftFrame: 435 * clipFrames } });
  timeline.setState({ playhead: 445 * clipFrames });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(main.followed).toHaveLength(2);
});

test('a take that is new in a small project is followed at once', async () => {
  main = new FakeMain(manyTakes(3), manifest);
  const { document, work } = await open();
  const id = takeIdSchema.parse('take-new');
  document.edit((project) => addTakes(project, { takes: [{ ...takeOne, id, number: 9 }] }));
  await vi.waitFor(() => expect(work.getState().ladders.has(id)).toBe(true));
});
