import { expect, test } from 'vitest';
import type { ProviderReport } from '#shared/inference-contract';
import { machineReportSchema } from '#shared/studio/application';
import { testPack } from '../jobs/jobs.test-support';
import type { MachineReport } from '../machine-report';
import { machineFacts } from './machine-facts';

const report = (...providers: ProviderReport[]): MachineReport => ({
  ...{ sluice: '1.2.3', onnxruntime: '4.5.6', node: '20.0.0', platform: 'linux x64', processor: 'any', cores: 2 },
  ...{ memoryBytes: 8e9, freeMemoryBytes: 4e9, packs: [] },
  home: { folder: '/home', free: { kind: 'found', value: 1e11 }, artifactBytes: 0 },
  ffmpeg: { kind: 'missing', code: 'ffmpeg-missing', reason: 'not here' },
  pack: { kind: 'found', value: testPack() },
  providers,
});

const trialOf = (provider: ProviderReport) =>
  machineReportSchema.parse(machineFacts(report(provider))).providers[0]?.trial;

test('a provider that passed its test says how fast and how close', () => {
  expect(trialOf({ provider: 'cpu', usable: true, seconds: 0.3, maxDifference: 1e-5 })).toEqual({
    kind: 'found',
    value: { seconds: 0.3, maxDifference: 1e-5 },
  });
});

test('one that failed is unavailable, for its own reason', () => {
  const reason = 'No libraries.';
  const unavailable = { kind: 'missing', code: 'provider-unavailable', reason };
  expect(trialOf({ provider: 'cuda', usable: false, seconds: 0, reason })).toEqual(unavailable);
  const without = trialOf({ provider: 'cuda', usable: false, seconds: 0 });
  expect(without).toMatchObject({ kind: 'missing', code: 'provider-unavailable' });
});

test('one that answered something else than the pack says is inexact', () => {
  const reason = 'its results differ';
  const trial = trialOf({ provider: 'webgpu', usable: false, seconds: 1, code: 'provider-inexact', reason });
  expect(trial).toEqual({ kind: 'missing', code: 'provider-inexact', reason });
});

test('one that could not be tried keeps the code of what went wrong', () => {
  const reason = 'golden.json was changed.';
  const trial = trialOf({ provider: 'cuda', usable: false, seconds: 0, code: 'pack-invalid', reason });
  expect(trial).toEqual({ kind: 'missing', code: 'pack-invalid', reason });
});

test('one that jobs pass over is not shown as usable', () => {
  const trial = trialOf({ provider: 'webgpu', usable: true, seconds: 9, maxDifference: 1e-5 });
  expect(trial).toMatchObject({ kind: 'missing', code: 'provider-unavailable' });
});
