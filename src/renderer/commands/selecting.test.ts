// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { addClips } from '#shared/project/edits/place-clips';
import { changeTrack } from '#shared/project/edits/tracks';
import { boatClip, clipId, upper, withClips } from '#shared/project/project.test-fixtures';
import { FakeMain } from '../studio/fake-main.test-port';
import { openTestStudio } from '../studio/open-studio.test-support';
import { commands } from './table';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));

/** Clips a and b, and one more above them on a locked track. */
async function open() {
  const above = addClips(withClips('a', 'b'), { clips: [boatClip('locked', { trackId: upper })] }).project;
  const main = new FakeMain(changeTrack(above, { trackId: upper, locked: true }).project, manifest);
  const studio = await openTestStudio(main);
  const run = (id: string): void => commands.find((command) => command.id === id)?.run(studio);
  const selected = () => [...studio.timeline.getState().selection].sort();
  return { ...studio, run, selected };
}

test('what commands select by themselves is never on a locked track', async () => {
  const { run, selected } = await open();
  run('selectAll');
  expect(selected()).toEqual(['a', 'b'].map(clipId));
  run('selectUnder');
  expect(selected()).toEqual([clipId('a')]);
  run('selectForward');
  expect(selected()).toEqual(['a', 'b'].map(clipId));
});

test('so all of it can be deleted, and what is locked stays', async () => {
  const { run, document } = await open();
  run('selectAll');
  run('delete');
  expect([...document.getState().project.clips.keys()]).toEqual([clipId('locked')]);
});
