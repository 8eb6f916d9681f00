// @vitest-environment jsdom
/** Notices at the edge of the window: in its language, by a key of their own, and with the way back of what was removed. */
import 'fake-indexeddb/auto';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { toast } from 'sonner';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { boatId, hashOf, takeOneId, withClips } from '#shared/project/project.test-fixtures';
import type { JobFacts } from '#shared/studio/jobs';
import type { GuidancePreset } from '#shared/studio/settings';
import { commands } from '../commands/table';
import { undoMs } from '../controls/notify';
import { FakeMain, someJob } from '../studio/fake-main.test-port';
import { openApp } from './open-app.test-support';
import { noticesKey } from './Toasts';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));
let main: FakeMain;

beforeEach(() => {
  // A window that was here before goes back to what it had, whatever it was opened for.
  sessionStorage.clear();
  main = new FakeMain(withClips('a', 'b'), manifest);
});
afterEach(() => {
  toast.dismiss();
  cleanup();
  vi.useRealTimers();
});

const noticeOf = async (text: RegExp) => within((await screen.findByText(text)).closest('li')!);
const preset = (name: string): GuidancePreset => ({ name, curve: { kind: 'constant', weight: 3 } });
const ended = (): JobFacts => ({
  ...{ id: someJob, state: { kind: 'cancelled' }, prompt: 'a red boat', packHash: hashOf('a') },
  target: { folder: '/projects/Test.sluice', project: main.project.id, shot: boatId, take: takeOneId },
});
const removals = () => main.requests.filter(({ name }) => name === 'changeQueue').map(({ payload }) => payload);

test('speak the language of the window, and have a key that no command has', async () => {
  const user = await openApp(main.transport);
  await user.keyboard('{Control>}a{/Control}{Delete}');
  await screen.findByText('2 clips are gone.');
  const place = () => document.activeElement?.closest('section')?.getAttribute('aria-label');
  // Sonner's own key; here it makes takes.
  await user.keyboard('{Alt>}[KeyT]{/Alt}');
  expect(place() ?? '').not.toContain('Notices');
  await user.keyboard('[F8]');
  expect(place()).toBe(`Notices ${noticesKey}`);
  main.showSettings({ language: 'ko' });
  await screen.findByLabelText(`알림 ${noticesKey}`);
  expect(commands.flatMap(({ keys }) => keys).filter((key) => key.endsWith(noticesKey))).toEqual([]);
}, 60_000);

test('one that stays is closed by a button in the language of the window', async () => {
  main.asked = '/films/Gone.sluice';
  await openApp(main.transport);
  const notice = await noticeOf(/Gone\.sluice could not be opened/);
  expect(notice.getByRole('button', { name: 'Close this notice' })).toBeTruthy();
}, 60_000);

test('a guidance preset that is gone comes back to its place', async () => {
  main.settings = { ...main.settings, guidancePresets: [preset('Soft'), preset('Mine'), preset('Hard')] };
  const user = await openApp(main.transport);
  main.showSettings({ guidancePresets: [preset('Soft'), preset('Hard')] });
  const notice = await noticeOf(/guidance preset “Mine” is gone/);
  await user.click(notice.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(main.settings.guidancePresets.map(({ name }) => name)).toEqual(['Soft', 'Mine', 'Hard']));
}, 60_000);

test('a direction preset that is gone comes back, too', async () => {
  const direction = { name: 'Mine', stages: {} };
  main.settings = { ...main.settings, directionPresets: [direction] };
  const user = await openApp(main.transport);
  main.showSettings({ directionPresets: [] });
  const notice = await noticeOf(/direction preset “Mine” is gone/);
  await user.click(notice.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(main.settings.directionPresets).toEqual([direction]));
}, 60_000);

test('ended jobs that were cleared come back, or go for good with the notice', async () => {
  const user = await openApp(main.transport);
  main.showQueue({ kind: 'here', isHeld: false, jobs: [ended()] });
  const clear = await screen.findByRole('button', { name: 'Clear what has ended' });
  await waitFor(() => expect(clear).toHaveProperty('disabled', false));
  await user.click(clear);
  expect(clear).toHaveProperty('disabled', true);
  await user.click((await noticeOf(/Ended jobs taken off/)).getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(clear).toHaveProperty('disabled', false));
  expect(removals()).toEqual([]);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  await userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) }).click(clear);
  await vi.advanceTimersByTimeAsync(undoMs);
  vi.useRealTimers();
  await waitFor(() => expect(removals()).toEqual([{ kind: 'remove', id: someJob }]));
}, 60_000);
