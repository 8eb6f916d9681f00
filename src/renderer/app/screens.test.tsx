// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { withClips } from '#shared/project/project.test-fixtures';
import { FakeMain } from '../studio/fake-main.test-port';
import { openApp } from './open-app.test-support';
import { removalBetween } from './use-removal-toasts';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));
let main: FakeMain;
let light: { matches: boolean; listeners: (() => void)[] };

beforeEach(() => {
  light = { matches: false, listeners: [] };
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes('light') && light.matches,
    addEventListener: (_: string, listener: () => void) => void light.listeners.push(listener),
    removeEventListener() {},
  }));
  main = new FakeMain(withClips('a', 'b'), manifest);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const theme = () => document.documentElement.dataset['theme'];

test('light and dark follow the system until somebody chooses', async () => {
  await openApp(main.transport);
  await waitFor(() => expect(theme()).toBe('dark'));
  light.matches = true;
  light.listeners.forEach((listener) => listener());
  await waitFor(() => expect(theme()).toBe('light'));
  main.showSettings({ theme: 'dark' });
  await waitFor(() => expect(theme()).toBe('dark'));
}, 60_000);

test('a key that another window gave a command works here at once, and the old one does not', async () => {
  const user = await openApp(main.transport);
  main.showSettings({ shortcuts: { addMarker: 'F9' } });
  await waitFor(() => expect(main.settings.shortcuts).toEqual({ addMarker: 'F9' }));
  await user.keyboard('m');
  expect(main.project.markers.size).toBe(0);
  await waitFor(async () => {
    await user.keyboard('[F9]');
    expect(main.project.markers.size).toBeGreaterThan(0);
  });
}, 60_000);

test('what is removed can be had back from the toast, until another edit is made', async () => {
  const user = await openApp(main.transport);
  await user.keyboard('{Control>}a{/Control}{Delete}');
  const toast = (await screen.findByText('2 clips are gone.')).closest('li')!;
  await waitFor(() => expect(main.project.clips.size).toBe(0));
  await user.click(within(toast).getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(main.project.clips.size).toBe(2));
  await user.keyboard('{Control>}a{/Control}{Delete}');
  await screen.findByText('2 clips are gone.');
  await user.keyboard('m');
  await waitFor(() => expect(screen.queryByText('2 clips are gone.')).toBeNull());
}, 60_000);

test('the tour comes by itself to who never saw it, is noted at once, and goes by Escape', async () => {
  main.settings = { ...main.settings, hasSeenTour: false };
  const user = await openApp(main.transport);
  await screen.findByRole('dialog', { name: 'Say what shall be seen' });
  await waitFor(() => expect(main.settings.hasSeenTour).toBe(true));
  await user.keyboard('{ArrowRight}');
  await screen.findByRole('dialog', { name: 'Look from the first step on' });
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
}, 60_000);

test('a project that is open elsewhere says so, and offers a copy', async () => {
  main.state = { kind: 'read-only', holder: '77-abc' };
  const user = await openApp(main.transport);
  await screen.findByText(/open in another Sluice/);
  await user.click(screen.getByRole('button', { name: 'Make a copy' }));
  await waitFor(() =>
    expect(main.requests.find(({ name }) => name === 'duplicateProject')?.payload).toMatchObject({
      title: 'Test copy',
    }),
  );
}, 60_000);

test('a removal is named by what holds the rest: a shot, not its takes and clips', () => {
  const before = withClips('a', 'b');
  const without = { ...before, shots: new Map(), takes: new Map(), clips: new Map() };
  expect(removalBetween(before, without)?.what).toBe(before.shots.size === 1 ? 'removed.shot' : 'removed.shots');
  expect(removalBetween(without, before)).toBeUndefined();
});
