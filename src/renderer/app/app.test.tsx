// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { clipId, withClips } from '#shared/project/project.test-fixtures';
import { FakeMain } from '../studio/fake-main.test-port';
import { openTestView } from '../studio/open-studio.test-support';
import { App } from './App';
import { openApp } from './open-app.test-support';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));
let main: FakeMain;

beforeEach(() => {
  main = new FakeMain(withClips('a', 'b'), manifest);
});
afterEach(cleanup);

const clips = () => [...main.project.clips.keys()].sort();

test('a project that was asked for and cannot be opened is named, and stays said', async () => {
  main.asked = '/films/Gone.sluice';
  await openApp(main.transport);
  const said = await screen.findByText(/Gone\.sluice could not be opened\. There is no project at/);
  expect(said.closest('[data-sonner-toast]')?.querySelector('[data-close-button]')).not.toBeNull();
});

test('a prompt becomes a shot on the timeline and a job up to the base', async () => {
  const user = await openApp(main.transport);
  const input = await screen.findByPlaceholderText(/red boat/);
  act(() => input.focus());
  await user.keyboard('a paper whale{Enter}');
  await waitFor(() => expect(main.requests.map(({ name }) => name)).toContain('generate'));
  const shot = [...main.project.shots.values()].at(-1)!;
  expect(shot.direction.prompts).toEqual([{ fromSec: 0, prompt: 'a paper whale' }]);
  const take = [...main.project.takes.values()].find(({ shotId }) => shotId === shot.id)!;
  expect(main.requests.find(({ name }) => name === 'generate')?.payload).toMatchObject({
    takes: [take.id],
    upTo: 'base',
  });
  const clip = [...main.project.clips.values()].find(
    ({ source }) => source.kind === 'shot' && source.takeId === take.id,
  );
  expect(clip).toMatchObject({ startFrame: 48, lengthFrames: 32 });
});

test('keys select, delete, undo and redo; each is one edit', async () => {
  const user = await openApp(main.transport);
  await user.keyboard('{Control>}a{/Control}{Delete}');
  await waitFor(() => expect(clips()).toEqual([]));
  expect(main.revision).toBe(1);
  await user.keyboard('{Control>}z{/Control}');
  await waitFor(() => expect(clips()).toEqual(['a', 'b'].map(clipId)));
  await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
  await waitFor(() => expect(clips()).toEqual([]));
});

test('keys do nothing to the project while a text is written', async () => {
  const user = await openApp(main.transport);
  await user.keyboard('{Control>}a{/Control}');
  const input = await screen.findByLabelText('Describe a new shot');
  act(() => input.focus());
  await user.keyboard('skgl{Backspace}');
  expect(main.revision).toBe(0);
  expect(screen.getByLabelText('Describe a new shot')).toHaveProperty('value', 'skg');
});

test('the palette runs what it finds, in the language of the window', async () => {
  const user = await openApp(main.transport);
  await user.keyboard('{Control>}k{/Control}');
  await screen.findByRole('dialog');
  await user.keyboard('add a marker{Enter}');
  await waitFor(() => expect(main.project.markers.size).toBe(1));
  main.showSettings({ language: 'ko' });
  expect(await screen.findByRole('button', { name: '명령 팔레트' })).toBeTruthy();
  expect(document.documentElement.lang).toBe('ko');
});

test('the shortcuts sheet names every command that has a key', async () => {
  const user = await openApp(main.transport);
  await user.keyboard('{Shift>}[Slash]{/Shift}');
  const sheet = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
  expect(within(sheet).getByText('Split at the playhead')).toBeTruthy();
  expect(within(sheet).getAllByText(/./, { selector: 'kbd' }).length).toBeGreaterThan(35);
});

test('a lost connection is said and made again, and the edit made meanwhile arrives', async () => {
  let resolve: (value: undefined) => void = () => undefined;
  const promise = new Promise<undefined>((settle) => (resolve = settle));
  const transports: ReturnType<typeof main.transport>[] = [];
  const openTransport = () => {
    const transport = main.transport();
    const closers: ((reason?: Error) => void)[] = [];
    const kept = { ...transport, onClose: (listener: (reason?: Error) => void) => void closers.push(listener) };
    void promise.then(() => transports[0] === kept && closers.forEach((close) => close(new Error('gone'))));
    transports.push(kept);
    return kept;
  };
  render(<App view={await openTestView()} openTransport={openTransport} />);
  await screen.findByRole('heading', { name: 'Test' });
  const user = userEvent.setup();
  resolve(undefined);
  await screen.findByText(/connection to Sluice is lost/);
  await user.keyboard('{Control>}a{/Control}{Delete}');
  await waitFor(() => expect(clips()).toEqual([]));
  await screen.findByText('Saved');
});
