import { expect, it } from 'vitest';
import type { MachineReport } from '#main/machine-report';
import type { Provider, ProviderReport } from '#shared/inference-contract';
import { findingsOf, usedProvider } from './doctor';

const report = (...providers: ProviderReport[]): MachineReport => ({
  sluice: '0.0.0',
  onnxruntime: '1.0.0',
  node: '20.0.0',
  platform: 'linux x64',
  processor: 'any',
  cores: 2,
  memoryBytes: 8e9,
  freeMemoryBytes: 4e9,
  home: { folder: '/home', free: { kind: 'found', value: 1e11 }, artifactBytes: 0 },
  ffmpeg: { kind: 'missing', code: 'ffmpeg-missing', reason: 'not here' },
  packs: [],
  pack: { kind: 'missing', code: 'pack-not-found', reason: 'none' },
  providers,
});

const cpu: ProviderReport = { provider: 'cpu', usable: true, seconds: 0.3 };
const software: ProviderReport = { provider: 'webgpu', usable: true, seconds: 9 };
const cuda: ProviderReport = { provider: 'cuda', usable: false, seconds: 0, reason: 'No libraries. Choose another.' };

function lines(providers: ProviderReport[], provider?: Provider): readonly string[] {
  const values = { json: false, quiet: false, help: false, home: undefined };
  const given = { ...values, provider, memory: undefined, threads: undefined };
  return findingsOf(report(...providers), given)
    .filter(({ name }) => name === 'provider')
    .map(({ state, text }) => `${state}: ${text}`);
}

it('uses what a job would use: no GPU that is drawn by software', () => {
  const [first, second, third] = lines([cuda, software, cpu]);
  expect(first).toMatch(/^plain: cuda is not used: No libraries\. It needs an NVIDIA GPU/);
  expect(second).toMatch(
    /^plain: webgpu is not used: it needed 9\.0 s .*drawn by software\. It needs a GPU of its own/,
  );
  expect(third).toMatch(/^good: cpu is used/);
});

it('heeds the provider that is asked for', () => {
  expect(lines([cpu, cuda, { ...software, seconds: 1 }], 'cpu').join('\n')).toMatch(
    /cpu is used.*webgpu could be used/s,
  );
  expect(usedProvider(report(cuda, cpu), 'cuda')).toBeUndefined();
  expect(lines([software, cpu], 'webgpu').at(-1)).toMatch(/^bad: webgpu, which --provider names, cannot be used/);
});
