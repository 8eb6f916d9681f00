// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { Tooltip } from 'radix-ui';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { changeTrack } from '#shared/project/edits/tracks';
import { boat, boatId, clipId, takeOneId, upper, video, withClips } from '#shared/project/project.test-fixtures';
import { removalBetween } from '../app/use-removal-toasts';
import { FakeMain } from '../studio/fake-main.test-port';
import { openTestStudio } from '../studio/open-studio.test-support';
import { takesSeen } from '../studio/seen-takes';
import { StudioContext } from '../studio/use-studio';
import { ShotList } from './ShotList';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));
let main: FakeMain;
/** Says of a row that it came into view, or went. */
let tell: (take: string, isIntersecting: boolean) => void;

// A studio that a test leaves behind may ask for them later.
beforeAll(() => {
  const resize = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  vi.stubGlobal('ResizeObserver', resize);
  const intersection = class extends resize {
    constructor(callback: (entries: readonly object[], self: object) => void) {
      super();
      tell = (take, isIntersecting) =>
        callback([{ target: document.querySelector(`[data-take="${take}"]`), isIntersecting }], this);
    }
  };
  vi.stubGlobal('IntersectionObserver', intersection);
});
beforeEach(() => {
  main = new FakeMain(withClips('a', 'b'), manifest);
});
afterEach(cleanup);

async function open() {
  const studio = await openTestStudio(main);
  render(
    <StudioContext value={studio}>
      <Tooltip.Provider>
        <ShotList />
      </Tooltip.Provider>
    </StudioContext>,
  );
  return { user: userEvent.setup(), studio };
}

async function choose(user: ReturnType<typeof userEvent.setup>, name: string) {
  act(() => screen.getByRole('button', { name: 'Actions for Boat' }).focus());
  await user.keyboard('{Enter}');
  act(() => {
    screen.getByRole('menuitem', { name }).click();
  });
}

test('a shot is renamed where it stands; Escape leaves its name', async () => {
  const { user } = await open();
  await choose(user, 'Rename');
  const field = await screen.findByRole('textbox', { name: 'Name of Boat' });
  await user.clear(field);
  await user.type(field, '  Harbour {Enter}');
  await waitFor(() => expect(main.project.shots.get(boatId)?.name).toBe('Harbour'));
  act(() => screen.getByRole('button', { name: 'Actions for Harbour' }).focus());
  await user.keyboard('{Enter}');
  act(() => {
    screen.getByRole('menuitem', { name: 'Rename' }).click();
  });
  await user.type(await screen.findByRole('textbox', { name: 'Name of Harbour' }), 'x{Escape}');
  expect(screen.getByText('Harbour')).toBeTruthy();
  expect(main.revision).toBe(1);
});

test('a shot is removed with its takes and clips in one edit, of which the toast tells', async () => {
  const { user } = await open();
  const before = main.project;
  await choose(user, 'Remove with the clips that show it (2)');
  await waitFor(() => expect(main.project.shots.size).toBe(0));
  expect([main.project.takes.size, main.project.clips.size, main.revision]).toEqual([0, 0, 1]);
  expect(removalBetween(before, main.project)?.what).toBe('removed.shot');
});

test('a shot is placed at the playhead, and selected; over other clips on the next track that has room', async () => {
  const { user, studio } = await open();
  const place = screen.getByRole('button', { name: 'Put Boat on the timeline at the playhead' });
  const placed = () => {
    const [id] = studio.timeline.getState().selection;
    return id && studio.document.getState().project.clips.get(id);
  };
  studio.timeline.setState({ playhead: 60 });
  await user.click(place);
  expect(placed()).toMatchObject({ trackId: video, startFrame: 60, lengthFrames: 128, inFrame: 0 });
  studio.timeline.setState({ playhead: 10 });
  await user.click(place);
  expect(placed()).toMatchObject({ trackId: upper, startFrame: 10, source: { shotId: boat.id, takeId: takeOneId } });
  await user.click(place);
  expect(placed()).toMatchObject({ startFrame: 10 });
  expect([video, upper]).not.toContain(placed()?.trackId);
  expect(studio.document.getState().project.clips.get(clipId('a'))).toMatchObject({ startFrame: 0, lengthFrames: 24 });
});

test('a locked track takes no shot', async () => {
  main = new FakeMain(changeTrack(withClips(), { trackId: video, locked: true }).project, manifest);
  const { user, studio } = await open();
  await user.click(screen.getByRole('button', { name: 'Put Boat on the timeline at the playhead' }));
  expect([...studio.document.getState().project.clips.values()]).toMatchObject([{ trackId: upper, startFrame: 0 }]);
});

test('the studio knows which takes are in view, and that they are not when the list is gone', async () => {
  const { studio } = await open();
  const seen = () => takesSeen(studio.seen.getState());
  tell(takeOneId, true);
  expect([...seen()]).toEqual([takeOneId]);
  tell(takeOneId, false);
  expect(seen().size).toBe(0);
  tell(takeOneId, true);
  cleanup();
  expect(seen().size).toBe(0);
});
