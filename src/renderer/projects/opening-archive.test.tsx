// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { withClips } from '#shared/project/project.test-fixtures';
import { openApp } from '../app/open-app.test-support';
import { FakeMain } from '../studio/fake-main.test-port';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));

afterEach(cleanup);

const way = () => screen.findByRole('button', { name: 'Open an archive…' });

async function openingArchive() {
  const main = new FakeMain(withClips('a'), manifest);
  main.chosen = ['/archives/harbour.zip'];
  const user = await openApp(main.transport);
  await user.click(screen.getByRole('button', { name: 'Test: other projects' }));
  await user.click(await way());
  await waitFor(() => expect(main.isOpeningArchive).toBe(true));
  return { main, user };
}

test('an archive says how much of it is read, in the language of the window, and leads into its project', async () => {
  const { main } = await openingArchive();
  const bar = await screen.findByRole('progressbar', { name: 'Opening harbour.zip' });
  expect(await way()).toHaveProperty('disabled', true);
  main.sayOfArchive({ kind: 'progress', done: 1.5e9, of: 3e9 });
  await screen.findByText('1.5 GB of 3.0 GB');
  expect(bar.getAttribute('aria-valuenow')).toBe('50');
  main.showSettings({ language: 'ko' });
  await screen.findByText('3.0 GB 중 1.5 GB');
  main.sayOfArchive({ kind: 'imported', folder: '/projects/Test.sluice' });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
}, 60_000);

test('opening an archive is stopped by its button; the screen stays, and another may be opened', async () => {
  const { main, user } = await openingArchive();
  await user.click(await screen.findByRole('button', { name: 'Cancel opening harbour.zip' }));
  await waitFor(() => expect(main.isOpeningArchive).toBe(false));
  await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
  expect(await way()).toHaveProperty('disabled', false);
  // What is cancelled is no failure: a notice would be there by now.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(screen.queryByText(/Cancelled/)).toBeNull();
}, 60_000);
