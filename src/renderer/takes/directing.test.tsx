// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packManifestSchema, stageIdSchema } from '#shared/pack-manifest';
import { boatId, hashOf, takeOne, takeOneId, withClips } from '#shared/project/project.test-fixtures';
import { addTakes } from '#shared/project/edits/takes';
import { takeIdSchema } from '#shared/project/ids';
import { jobIdSchema } from '#shared/studio/job-id';
import type { JobFacts } from '#shared/studio/jobs';
import { openApp } from '../app/open-app.test-support';
import { FakeMain } from '../studio/fake-main.test-port';
import { likeIt } from './takes-model';

const test7 = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));
const manifest = { ...test7, prompting: { examples: ['a paper whale', 'a fox'], words: ['a', 'red', 'boat'] } };
const second = takeIdSchema.parse('take-two');
let main: FakeMain;

beforeEach(() => {
  const project = addTakes(withClips('a'), { takes: [likeIt(takeOne, { id: second, number: 2, seed: 5 })] }).project;
  main = new FakeMain(project, manifest);
});
afterEach(cleanup);

const payloads = (name: string) =>
  main.requests.filter((request) => request.name === name).map(({ payload }) => payload);

/** Panels of no size have no place for a pointer. */
function press(element: HTMLElement): void {
  act(() => {
    element.focus();
    element.click();
  });
}

async function openTakes() {
  const user = await openApp(main.transport);
  await user.keyboard('{Control>}a{/Control}{Alt>}3{/Alt}');
  return { user, grid: await screen.findByRole('listbox', { name: 'Takes of Boat' }) };
}

test('keys rate the marked takes, and rating one in the grid changes no other', async () => {
  const { user, grid } = await openTakes();
  press(within(grid).getByRole('option', { name: /^Take 2/ }));
  await user.keyboard('4');
  await waitFor(() => expect(main.project.takes.get(second)?.rating).toBe(4));
  expect(main.project.takes.get(takeOneId)?.rating).toBe(0);
  expect(within(grid).getAllByRole('option')[0]!.textContent).toMatch(/^Take 2.*4 of 5 stars/);
});

test('a take that a clip shows can be removed: the clip shows another, and undo in the toast brings both back', async () => {
  const { user, grid } = await openTakes();
  press(within(grid).getByRole('option', { name: /^Take 1/ }));
  await user.keyboard('{Delete}');
  await waitFor(() => expect(main.project.takes.has(takeOneId)).toBe(false));
  expect([...main.project.clips.values()].map(({ source }) => source)).toMatchObject([{ takeId: second }]);
  const toast = (await screen.findByText('Take removed')).closest('li')!;
  press(within(toast).getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(main.project.takes.has(takeOneId)).toBe(true));
});

test('more takes get seeds of their own and are made up to the base', async () => {
  await openTakes();
  press(screen.getByRole('button', { name: 'More takes' }));
  await waitFor(() => expect(payloads('generate')).toHaveLength(1));
  const seeds = [...main.project.takes.values()].map(({ seed }) => seed);
  expect(seeds).toHaveLength(6);
  expect(new Set(seeds).size).toBe(6);
  expect(payloads('generate')[0]).toMatchObject({ upTo: 'base', takes: { length: 4 } });
});

test('chosen takes are carried to the top together, with what that takes', async () => {
  const { user, grid } = await openTakes();
  press(within(grid).getByRole('option', { name: /^Take 1/ }));
  await user.keyboard('{Shift>}{ArrowRight}{/Shift}');
  press(await screen.findByRole('button', { name: 'Carry 2 to the top: 14 stages, about 28 s, 14 kB' }));
  await waitFor(() => expect(payloads('generate')[0]).toMatchObject({ upTo: 'ssr-768', takes: [takeOneId, second] }));
});

test('a stage and all above it are run together, from the lane’s menu or by a key', async () => {
  const user = await openApp(main.transport);
  await user.keyboard('{Control>}a{/Control}{Enter}');
  act(() => screen.getByRole('button', { name: 'Actions for base' }).focus());
  await user.keyboard('{Enter}');
  press(await screen.findByRole('menuitem', { name: 'Run from base to the top: 7 stages, about 14 s, 7.0 kB' }));
  await waitFor(() => expect(payloads('generate')).toHaveLength(1));
  await user.keyboard('{Alt>}g{/Alt}');
  await waitFor(() => expect(payloads('generate')).toHaveLength(2));
  const whole = { takes: [takeOneId], from: 'base', upTo: 'ssr-768' };
  expect(payloads('generate')).toMatchObject([whole, whole]);
  act(() => screen.getByRole('button', { name: 'Actions for tsr-6' }).focus());
  await user.keyboard('{Enter}');
  const fromNothing = await screen.findByRole('menuitem', { name: 'Run from tsr-6 to the top' });
  expect(fromNothing.getAttribute('aria-disabled')).toBe('true');
});

const job = (digit: number, kind: JobFacts['state']['kind'], seconds: number): JobFacts => ({
  id: jobIdSchema.parse(`0000000${digit}-89ab-cdef-0123-456789abcdef`),
  state: { kind } as JobFacts['state'],
  target: {
    folder: '/projects/Test.sluice',
    project: main.project.id,
    shot: boatId,
    take: digit === 1 ? takeOneId : second,
  },
  prompt: 'a boat',
  packHash: hashOf('a'),
  upTo: stageIdSchema.parse('base'),
  seconds,
});

test('the queue says how long each and all take, and arrow keys on a handle move a job', async () => {
  const user = await openApp(main.transport);
  const queue = await screen.findByRole('region', { name: 'Queue' });
  await waitFor(() => {
    main.showQueue({ kind: 'here', isHeld: false, jobs: [job(1, 'waiting', 60), job(2, 'waiting', 120)] });
    expect(within(queue).getAllByRole('listitem')).toHaveLength(2);
  });
  expect(within(queue).getByText(/^2 to do, about 3 min, until/)).toBeTruthy();
  act(() =>
    within(queue)
      .getByRole('button', { name: /^Move Take 2: Boat/ })
      .focus(),
  );
  await user.keyboard('{ArrowUp}');
  await waitFor(() =>
    expect(payloads('changeQueue')).toEqual([
      { kind: 'move', id: job(2, 'waiting', 0).id, before: job(1, 'waiting', 0).id },
    ]),
  );
});

test('the prompt bar offers examples, names words that the pack does not know, and walks back through prompts', async () => {
  const user = await openApp(main.transport);
  const input = await screen.findByLabelText('Describe a new shot');
  press(input);
  press(await screen.findByRole('button', { name: 'a paper whale' }));
  expect(input).toHaveProperty('value', 'a paper whale');
  expect(screen.getByText(/does not know: paper, whale/)).toBeTruthy();
  act(() => input.focus());
  await waitFor(() => expect(payloads('prepareGeneration')).toHaveLength(1));
  await user.keyboard('{ArrowUp}');
  expect(input).not.toHaveProperty('value', 'a paper whale');
  await user.keyboard('{ArrowDown}');
  expect(input).toHaveProperty('value', 'a paper whale');
});

test('guidance kept under a name is sent to main with the settings', async () => {
  const { user } = await openTakes();
  act(() => screen.getByRole('button', { name: 'Actions for guidance presets' }).focus());
  await user.keyboard('{Enter}');
  press(await screen.findByRole('menuitem', { name: /^Keep this curve/ }));
  const name = await screen.findByLabelText('Name of the preset');
  act(() => name.focus());
  await user.keyboard('Mine{Enter}');
  await waitFor(() =>
    expect(payloads('changeSettings')).toMatchObject([
      { set: { guidancePresets: [{ name: 'Mine', curve: { kind: 'oscillating' } }] } },
    ]),
  );
});
