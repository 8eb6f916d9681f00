// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { rangeSchema } from '#shared/project/project';
import { withClips } from '#shared/project/project.test-fixtures';
import { openApp } from '../app/open-app.test-support';
import { FakeMain } from '../studio/fake-main.test-port';
import { marked } from './marked';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));
let main: FakeMain;

beforeEach(() => {
  main = new FakeMain(withClips('a', 'b'), manifest);
});
afterEach(cleanup);

const rate = () => screen.queryByText(/^-?\d+×$/)?.textContent;

test('I and O set the range that is played, each clearing the other where it would turn the range round', async () => {
  const user = await openApp(main.transport);
  const range = async (keys: string, inFrame: number, outFrame: number): Promise<void> => {
    await user.keyboard(keys);
    await waitFor(() => expect(main.project.range).toEqual({ inFrame, outFrame }));
    rangeSchema.parse(main.project.range);
  };
  await range('{ArrowRight>10/}i', 10, 48);
  await range('{ArrowLeft>5/}o', 0, 6);
  await range('{ArrowRight>15/}i', 20, 48);
  await range('{ArrowRight>10/}o', 20, 31);
  await range('{ArrowLeft>5/}i', 25, 31);
  await range('{ArrowRight>20/}i', 45, 48);
  await user.keyboard('{Alt>}x{/Alt}');
  await waitFor(() => expect(main.project.range).toBeUndefined());
});

test('no frame, and no range before it, makes a range that a project may not have', () => {
  const points = [0, 1, 5, 47, 48, 100];
  for (const edge of ['inFrame', 'outFrame'] as const)
    for (const frame of points)
      for (const length of [0, 48])
        for (const before of [undefined, { inFrame: 5, outFrame: 6 }, { inFrame: 60, outFrame: 90 }])
          expect(rangeSchema.safeParse(marked(before, edge, frame, length)).success).toBe(true);
});

test('L plays, again twice as fast, J turns round, K stops, Shift+L loops or does not', async () => {
  const user = await openApp(main.transport);
  await user.keyboard('l');
  await waitFor(() => expect(screen.getByLabelText('Time')).not.toHaveProperty('value', '00:00:00'));
  expect(rate()).toBeUndefined();
  await user.keyboard('l');
  expect(rate()).toBe('2×');
  await user.keyboard('j');
  expect(rate()).toBe('-1×');
  await user.keyboard('jj');
  expect(rate()).toBe('-4×');
  await user.keyboard('k');
  expect(rate()).toBeUndefined();
  const time = screen.getByLabelText<HTMLInputElement>('Time').value;
  const loop = screen.getByRole('button', { name: /^Loop/ });
  expect(loop.getAttribute('aria-pressed')).toBe('true');
  await user.keyboard('{Shift>}l{/Shift}');
  expect(loop.getAttribute('aria-pressed')).toBe('false');
  // Stopped means stopped: nothing moved on meanwhile, and L with Shift plays nothing.
  expect(screen.getByLabelText('Time')).toHaveProperty('value', time);
});
