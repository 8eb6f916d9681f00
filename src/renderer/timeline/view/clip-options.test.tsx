// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { act, cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { clipId, withClips } from '#shared/project/project.test-fixtures';
import { FakeMain } from '../../studio/fake-main.test-port';
import { openTestStudio } from '../../studio/open-studio.test-support';
import { StudioContext } from '../../studio/use-studio';
import { rowsOf } from '../model/rows';
import { ClipOptions } from './ClipOptions';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));

afterEach(cleanup);

/** Four clips in sight, the first of them selected and in focus. */
async function open() {
  const project = withClips('a', 'b', 'c', 'd');
  const studio = await openTestStudio(new FakeMain(project, manifest));
  studio.timeline.setState({ width: 960, selection: new Set([clipId('a')]) });
  render(
    <StudioContext value={studio}>
      <ClipOptions rows={rowsOf(project)} />
    </StudioContext>,
  );
  const options = screen.getAllByRole('option');
  act(() => options[0]!.focus());
  const names = ['a', 'b', 'c', 'd'];
  const selected = () => names.filter((_, index) => options[index]!.getAttribute('aria-selected') === 'true').join('');
  const inFocus = () => names[options.findIndex((option) => option === document.activeElement)];
  const stops = () => names.filter((_, index) => options[index]!.tabIndex === 0).join('');
  return { user: userEvent.setup(), studio, options, selected, inFocus, stops };
}

test('an arrow selects the next clip alone', async () => {
  const { user, selected, inFocus, stops } = await open();
  await user.keyboard('{ArrowRight}{ArrowRight}{ArrowLeft}');
  expect([selected(), inFocus(), stops()]).toEqual(['b', 'b', 'b']);
});

test('with Shift it extends the selection, and takes back on the way back', async () => {
  const { user, selected, inFocus } = await open();
  await user.keyboard('{ArrowRight}{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
  expect([selected(), inFocus()]).toEqual(['bcd', 'd']);
  await user.keyboard('{Shift>}{ArrowLeft}{ArrowLeft}{ArrowLeft}{/Shift}');
  expect([selected(), inFocus()]).toEqual(['ab', 'a']);
});

test.each(['Control', 'Meta'])('with %s it only goes there, and Space selects or no longer', async (key) => {
  const { user, selected, inFocus, stops } = await open();
  await user.keyboard(`{${key}>}{ArrowRight}{ArrowRight}{/${key}}`);
  expect([selected(), inFocus(), stops()]).toEqual(['a', 'c', 'c']);
  await user.keyboard(`{${key}>} {/${key}}`);
  expect(selected()).toBe('ac');
  await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
  expect(selected()).toBe('acd');
  await user.keyboard(`{${key}>} {/${key}}`);
  expect(selected()).toBe('ac');
});

test('Shift begins where the focus came in, not where it began before', async () => {
  const { user, studio, options, selected } = await open();
  await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
  act(() => {
    options[1]!.blur();
    studio.timeline.setState({ selection: new Set([clipId('c')]) });
    options[2]!.focus();
  });
  await user.keyboard('{Shift>}{ArrowLeft}{/Shift}');
  expect(selected()).toBe('bc');
});
