// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { act, cleanup, render, screen } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { packManifestSchema } from '#shared/pack-manifest';
import { withClips } from '#shared/project/project.test-fixtures';
import type { MachineFacts } from '#shared/studio/application';
import { FakeMain } from '../studio/fake-main.test-port';
import { openTestStudio } from '../studio/open-studio.test-support';
import { StudioContext } from '../studio/use-studio';
import { MachinePage } from './MachinePage';

const manifest = packManifestSchema.parse(JSON.parse(readFileSync('models/test-pack/manifest.json', 'utf8')));
const reason = 'libcublas.so.12 cannot be opened.';
const machine: MachineFacts = {
  ...{ sluice: '1.2.3', onnxruntime: '4.5.6', node: '20.0.0', platform: 'linux x64', processor: 'any', cores: 2 },
  ...{ memoryBytes: 8e9, freeMemoryBytes: 4e9 },
  home: { folder: '/home', free: { kind: 'found', value: 1e11 }, artifactBytes: 0 },
  ffmpeg: { kind: 'missing', code: 'ffmpeg-missing', reason: 'There is no ffmpeg.' },
  pack: { kind: 'missing', code: 'pack-not-found', reason: 'There is no pack.' },
  providers: [
    { provider: 'cuda', trial: { kind: 'missing', code: 'provider-unavailable', reason } },
    { provider: 'webgpu', trial: { kind: 'missing', code: 'pack-invalid', reason: 'golden.json was changed.' } },
    { provider: 'dml', trial: { kind: 'missing', code: 'provider-inexact', reason: 'its results differ' } },
    { provider: 'cpu', trial: { kind: 'found', value: { seconds: 0.25, maxDifference: 2e-5 } } },
  ],
};

afterEach(cleanup);

/** What the line of `name` says, without its mark. */
const said = (name: string) => screen.getByText(name, { selector: 'dt' }).nextElementSibling?.textContent;

test('why a provider cannot be used is said in the language of the window, by its code', async () => {
  const main = new FakeMain(withClips('a'), manifest);
  main.machine = machine;
  const studio = await openTestStudio(main);
  render(
    <StudioContext value={studio}>
      <MachinePage />
    </StudioContext>,
  );
  await screen.findByText(reason);
  expect(said('CPU')).toBe('Passed its test in 0.25 s; largest difference 2e-5.');
  act(() => studio.view.setState({ language: 'ko' }));
  expect(said('CUDA')).toMatch(/^실행 장치를 쓸 수 없습니다\. .*자세히: libcublas/);
  expect(said('WebGPU')).toMatch(/^모델 팩이 올바르지 않아 쓸 수 없습니다\. .*자세히: golden\.json/);
  expect(said('DirectML')).toMatch(/^실행 장치가 낸 값이 모델 팩의 기준값과 달라 .*자세히: its results differ/);
  expect(said('CPU')).toContain('시험 통과');
}, 60_000);
