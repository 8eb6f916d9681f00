// @vitest-environment jsdom
/** Where nothing can be made for want of a pack, a button leads to where one is installed. */
import 'fake-indexeddb/auto';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { Tooltip } from 'radix-ui';
import { afterEach, expect, test } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { addMedia } from '#shared/project/edits/media';
import { film, withClips } from '#shared/project/project.test-fixtures';
import { RunSection } from '../inspector/RunSection';
import { SuperResolve } from '../media/SuperResolve';
import { FakeMain } from '../studio/fake-main.test-port';
import { openTestStudio } from '../studio/open-studio.test-support';
import { selectedShot } from '../studio/selected';
import { StudioContext } from '../studio/use-studio';
import { Banner } from './Banner';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));

// A studio goes on listening when its test is over.
afterEach(cleanup);

async function studioWithPacks() {
  const project = withClips('a');
  const withFilm = project.media.has(film.id) ? project : addMedia(project, { media: [film] }).project;
  const studio = await openTestStudio(new FakeMain(withFilm, manifest));
  await waitFor(() => expect(studio.work.getState().packs).toHaveLength(1));
  return studio;
}

test('the banner leads to the packs, and is not there where one is', async () => {
  const studio = await studioWithPacks();
  render(
    <StudioContext value={studio}>
      <Banner />
    </StudioContext>,
  );
  expect(screen.queryByRole('status')).toBeNull();
  studio.work.setState({ packs: [] });
  await screen.findByText(/No model pack is installed/);
  await userEvent.setup().click(screen.getByRole('button', { name: 'Install a pack…' }));
  expect(studio.dialogs.getState().open).toBe('packs');
});

test('a film that cannot be super-resolved yet leads there, too', async () => {
  const studio = await studioWithPacks();
  studio.work.setState({ packs: [] });
  studio.dialogs.setState({ superResolve: { mediaId: film.id, fromFrame: 0 } });
  render(
    <Tooltip.Provider>
      <StudioContext value={studio}>
        <SuperResolve />
      </StudioContext>
    </Tooltip.Provider>,
  );
  await screen.findByText(/no pack to make shots with/);
  await userEvent.setup().click(screen.getByRole('button', { name: 'Install a pack…' }));
  expect(studio.dialogs.getState()).toMatchObject({ open: 'packs', superResolve: undefined });
});

test('so does a shot whose own pack is not installed', async () => {
  const studio = await studioWithPacks();
  const { project } = studio.document.getState();
  const selected = selectedShot(project, new Set(project.clips.keys()), [])!;
  render(
    <Tooltip.Provider>
      <StudioContext value={studio}>
        <RunSection selected={selected} isDisabled={false} />
      </StudioContext>
    </Tooltip.Provider>,
  );
  await screen.findByText(/model pack of this shot is not installed/);
  await userEvent.setup().click(screen.getByRole('button', { name: 'Install a pack…' }));
  expect(studio.dialogs.getState().open).toBe('packs');
});
