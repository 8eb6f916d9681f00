// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { Tooltip } from 'radix-ui';
import { useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import type { GuidanceCurve } from '#shared/guidance';
import { packManifestSchema } from '#shared/pack-manifest';
import { withClips } from '#shared/project/project.test-fixtures';
import { FakeMain } from '../studio/fake-main.test-port';
import { openTestStudio } from '../studio/open-studio.test-support';
import { StudioContext } from '../studio/use-studio';
import { GuidanceEditor } from './GuidanceEditor';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));
const three: GuidanceCurve = {
  kind: 'curve',
  points: [
    { at: 0, weight: 8 },
    { at: 0.5, weight: 4 },
    { at: 1, weight: 1 },
  ],
};
const steps = 9;

afterEach(cleanup);

async function open(curve: GuidanceCurve, isDisabled = false) {
  const studio = await openTestStudio(new FakeMain(withClips('a'), manifest));
  const onChange = vi.fn<(curve: GuidanceCurve) => void>();
  function Editor() {
    const [shown, setShown] = useState(curve);
    const change = (next: GuidanceCurve): void => {
      onChange(next);
      setShown(next);
    };
    return (
      <GuidanceEditor
        {...{ curve: shown, steps, isDisabled }}
        support={{ kind: 'classifier-free' }}
        onChange={change}
      />
    );
  }
  render(
    <StudioContext value={studio}>
      <Tooltip.Provider>
        <Editor />
      </Tooltip.Provider>
    </StudioContext>,
  );
  return { user: userEvent.setup(), onChange };
}
const field = (name: string) => screen.getByRole('spinbutton', { name });

test('the points of a free curve have their steps, counted from 1, and their weights', async () => {
  await open(three);
  const rows = within(screen.getByRole('list', { name: 'Points of the curve' })).getAllByRole('listitem');
  const values = rows.map((row) =>
    within(row)
      .getAllByRole('spinbutton')
      .map((each) => each.getAttribute('aria-valuenow')),
  );
  expect(values).toEqual([
    ['1', '8'],
    ['5', '4'],
    ['9', '1'],
  ]);
});

test('a point is moved and weighted by typing or by arrow keys, and stays between its neighbours', async () => {
  const { user, onChange } = await open(three);
  await user.clear(field('Point 2: step'));
  await user.type(field('Point 2: step'), '7{Enter}');
  expect(onChange).toHaveBeenLastCalledWith({
    ...three,
    points: [three.points[0], { at: 0.75, weight: 4 }, three.points[2]],
  });
  await user.type(field('Point 2: weight'), '{ArrowUp}');
  expect(onChange).toHaveBeenLastCalledWith({
    ...three,
    points: [three.points[0], { at: 0.75, weight: 4.1 }, three.points[2]],
  });
  await user.clear(field('Point 2: step'));
  await user.type(field('Point 2: step'), '99{Enter}');
  expect(onChange.mock.lastCall?.[0]).toMatchObject({ points: [{ at: 0 }, { at: 0.999 }, { at: 1 }] });
});

test('a point is taken out by key, with the focus on the row before it; the last two stay', async () => {
  const { user, onChange } = await open(three);
  screen.getByRole('button', { name: 'Remove point 2' }).focus();
  await user.keyboard('{Enter}');
  expect(onChange).toHaveBeenLastCalledWith({ ...three, points: [three.points[0], three.points[2]] });
  expect(document.activeElement).toBe(field('Point 1: step'));
  for (const button of screen.getAllByRole('button', { name: /^Remove point/ }))
    expect(button).toHaveProperty('disabled', true);
  await user.click(screen.getByRole('button', { name: 'Add a point' }));
  expect(screen.getAllByRole('button', { name: /^Remove point/ })).toHaveLength(3);
});

test.each<GuidanceCurve>([
  three,
  { kind: 'constant', weight: 4 },
  { kind: 'oscillating', high: 8, low: 1, fromStep: 2, period: 2 },
])('where nothing may be changed, nothing of a curve ($kind) can be', async (curve) => {
  const { user, onChange } = await open(curve, true);
  for (const each of screen.getAllByRole('spinbutton')) expect(each).toHaveProperty('disabled', true);
  for (const each of screen.getAllByRole('radio')) expect(each).toHaveProperty('disabled', true);
  for (const each of screen.queryAllByRole('button')) expect(each).toHaveProperty('disabled', true);
  for (const handle of screen.getAllByRole('slider')) {
    expect(handle.getAttribute('aria-disabled')).toBe('true');
    handle.focus();
    await user.keyboard('{ArrowUp}{Delete}');
    fireEvent.pointerDown(handle);
    fireEvent.pointerMove(handle, { clientX: 90, clientY: 9 });
    fireEvent.pointerUp(handle);
  }
  fireEvent.doubleClick(screen.getByRole('group', { name: /^Guidance weight over/ }));
  expect(onChange).not.toHaveBeenCalled();
});
