/** The program itself: its facts, settings, machine, and the folders that it can see. */
import { homedir } from 'node:os';
import { machineReport, type MachineReport } from '../machine-report';
import type { Calls } from './calls';
import { listFolder } from './folders';
import type { StudioParts } from './studio';

export function applicationCalls({
  facts,
  settings,
  sluice,
}: StudioParts): Calls<'application' | 'machineReport' | 'changeSettings' | 'browseFolder'> {
  return {
    application: () => Promise.resolve(facts),
    machineReport: async (_, signal) => reportFacts(await machineReport(sluice, signal)),
    changeSettings: ({ set, unset }) => settings.change(set, unset),
    browseFolder: ({ folder }) => listFolder(folder ?? homedir()),
  };
}

function reportFacts({ ffmpeg, pack, providers, ...rest }: MachineReport) {
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
    providers: [...providers],
  };
}
