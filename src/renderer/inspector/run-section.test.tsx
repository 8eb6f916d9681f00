// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { cleanup, screen } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { withClips } from '#shared/project/project.test-fixtures';
import type { StageState } from '#shared/studio/ladder';
import { openApp } from '../app/open-app.test-support';
import { emptyLadder, FakeMain, someJob } from '../studio/fake-main.test-port';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));

afterEach(cleanup);

test('a stage that failed says why and what to do, in the language of the window', async () => {
  const main = new FakeMain(withClips('a'), manifest);
  const failed: StageState = {
    kind: 'failed',
    job: someJob,
    problem: { code: 'disk-full', message: 'Only 12 MB are free on /films.' },
  };
  main.ladder = {
    ...emptyLadder,
    stages: emptyLadder.stages.map((each, rung) => (rung === 0 ? { ...each, state: failed } : each)),
  };
  const user = await openApp(main.transport);
  await user.keyboard('{Control>}a{/Control}');
  expect((await screen.findByRole('alert')).textContent).toContain('base failed: Only 12 MB are free on /films.');
  main.showSettings({ language: 'ko' });
  const korean = await screen.findByText(/디스크에 공간이 부족합니다\. 공간을 비운 뒤 다시 시도하세요/);
  expect(korean.textContent).toContain('Only 12 MB are free on /films.');
}, 60_000);
