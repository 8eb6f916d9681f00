// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packManifestSchema, stageIdSchema } from '#shared/pack-manifest';
import type { StaleTake } from '#shared/studio/stale-takes';
import { openApp } from '../app/open-app.test-support';
import { FakeMain } from '../studio/fake-main.test-port';
import { manyTakes, takeAt } from '../studio/takes-in-sight.test-fixtures';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));
const base = stageIdSchema.parse('base');
const count = 230;
let main: FakeMain;

const stale = (index: number): StaleTake => ({
  ...{ takeId: takeAt(index), upTo: base },
  cost: { stages: 1, seconds: 2, unmeasured: 0, diskBytes: 1000 },
});
const all = Array.from({ length: count }, (_, index) => stale(index));
const generated = () =>
  main.requests
    .filter(({ name }) => name === 'generate')
    .flatMap(({ payload }) => (payload as { readonly takes: readonly string[] }).takes);

beforeEach(() => {
  main = new FakeMain(manyTakes(count), manifest);
});
afterEach(cleanup);

test('everything stale is counted and run, also beyond the takes that are in sight', async () => {
  main.stale = all;
  await openApp(main.transport);
  const queue = await screen.findByRole('region', { name: 'Queue' });
  await within(queue).findByText(/230 stages, about 8 min/);
  act(() => within(queue).getByRole('button', { name: 'Run all stale' }).click());
  await waitFor(() => expect(generated()).toEqual(all.map(({ takeId }) => takeId)));
  main.showStale([]);
  await waitFor(() => expect(within(queue).queryByRole('button', { name: 'Run all stale' })).toBeNull());
}, 60_000);

test('of a selection, what of it is stale now, whether or not it was told before', async () => {
  const user = await openApp(main.transport);
  await user.keyboard('{Control>}a{/Control}');
  main.stale = [stale(3), stale(210)];
  await user.keyboard('r');
  await waitFor(() => expect(generated()).toEqual([takeAt(3), takeAt(210)]));
}, 60_000);
