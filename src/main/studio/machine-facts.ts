/** The report on this machine as the studio shows it. */
import type { ProviderReport } from '#shared/inference-contract';
import type { MachineFacts } from '#shared/studio/application';
import { reasonAgainst } from '../jobs/provider-choice';
import type { MachineReport } from '../machine-report';

/** Pure. */
export function machineFacts({ ffmpeg, pack, providers, ...rest }: MachineReport): MachineFacts {
  const { platform, processor, cores, node, home, memoryBytes, freeMemoryBytes, sluice, onnxruntime } = rest;
  return {
    ...{ platform, processor, cores, node, home, memoryBytes, freeMemoryBytes, sluice, onnxruntime },
    ffmpeg:
      ffmpeg.kind === 'missing'
        ? ffmpeg
        : {
            kind: ffmpeg.kind,
            value: { path: ffmpeg.value.path, source: ffmpeg.value.source, version: ffmpeg.value.version },
          },
    pack:
      pack.kind === 'missing'
        ? pack
        : {
            kind: pack.kind,
            value: { name: pack.value.manifest.name, version: pack.value.manifest.version, hash: pack.value.hash },
          },
    providers: providers.map(providerFacts),
  };
}

/** By the rule of jobs: one that they would not choose is none. */
function providerFacts(report: ProviderReport): MachineFacts['providers'][number] {
  const { provider, seconds, maxDifference, code = 'provider-unavailable' } = report;
  const reason = reasonAgainst(report);
  if (reason !== undefined) return { provider, trial: { kind: 'missing', code, reason } };
  return { provider, trial: { kind: 'found', value: { seconds, maxDifference } } };
}
