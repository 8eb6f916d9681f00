/** `sluice doctor`: what this machine has, what would be used, what is missing and how to get it. */
import { largestNeed } from '#main/jobs/memory-need';
import { reasonAgainst } from '#main/jobs/provider-choice';
import { machineReport, type MachineReport } from '#main/machine-report';
import type { Provider } from '#shared/inference-contract';
import { defineCommand, type CommandInput } from '../command';
import { painter, padEnd, printable, type Paint } from '../display/text';
import { bytes, seconds } from '../display/units';
import { exitCodes } from '../exit-codes';
import { runMeans, runOptions } from '../generate/run-options';
import { atMost } from '../options/one-action';

const options = runOptions;
type Input = CommandInput<typeof options>;

/** One line of the report; `bad` means that clips cannot be made, `poor` that something is lacking. */
interface Finding {
  readonly state: 'good' | 'poor' | 'bad' | 'plain';
  readonly name: string;
  readonly text: string;
}

export const doctorCommand = defineCommand(
  {
    name: 'doctor',
    summary: 'show what this machine has, what would be used, and what is missing',
    synopsis: '[options]',
    options,
    notes: [
      'Execution providers are tried against the golden vectors of the built-in pack. Exit status 0 means that clips can be made.',
    ],
    examples: [
      { command: 'doctor', does: 'everything at a glance' },
      { command: 'doctor --json', does: 'to attach to a report' },
    ],
  },
  run,
);

async function run({ values, positionals, context: { sluice, io, signal } }: Input): Promise<number> {
  atMost(0, positionals, 'doctor');
  const report = await machineReport(sluice, signal, values.provider);
  const findings = findingsOf(report, values);
  const isWell = findings.every(({ state }) => state !== 'bad');
  if (values.json) io.out(`${JSON.stringify({ event: 'doctor', well: isWell, ...reportJson(report, values) })}\n`);
  else io.out(findingsText(findings, isWell, painter(io.outColours)));
  return isWell ? exitCodes.ok : exitCodes.failure;
}

/** Pure. */
export function findingsOf(report: MachineReport, values: Input['values']): readonly Finding[] {
  const { memoryBytes, threads } = runMeans(values);
  return [
    {
      state: 'plain',
      name: 'sluice',
      text: `${report.sluice}, ONNX Runtime ${report.onnxruntime}, Node ${report.node}`,
    },
    {
      state: 'plain',
      name: 'machine',
      text: `${report.platform}, ${report.processor}, ${report.cores} cores, ${bytes(report.memoryBytes)} memory (${bytes(report.freeMemoryBytes)} free)`,
    },
    settingsFinding(report, threads, memoryBytes),
    homeFinding(report),
    ...ffmpegFindings(report),
    ...packFindings(report),
    ...providerFindings(report, values.provider),
  ];
}

/** With whether the memory setting holds every stage of the pack that is used. */
function settingsFinding({ pack }: MachineReport, threads: number, memoryBytes: number): Finding {
  const name = 'settings';
  const text = `${threads} threads, ${bytes(memoryBytes)} for inference`;
  const largest = pack.kind === 'found' ? largestNeed(pack.value.manifest, memoryBytes) : undefined;
  if (largest === undefined) return { state: 'plain', name, text: `${text}: change with --threads and --memory` };
  const { stage, need } = largest;
  return need.windows === undefined
    ? {
        state: 'bad',
        name,
        text: `${text}: too little for ${stage}, which needs at least ${bytes(need.bytes)}: give more with --memory`,
      }
    : {
        state: 'plain',
        name,
        text: `${text}, of which ${stage} takes ${bytes(need.bytes)}: change with --threads and --memory`,
      };
}

function homeFinding({ home }: MachineReport): Finding {
  if (home.free.kind === 'missing') return { state: 'bad', name: 'home', text: `${home.folder}: ${home.free.reason}` };
  const kept = home.artifactBytes === 0 ? 'nothing kept yet' : `${bytes(home.artifactBytes)} of artifacts`;
  return {
    state: home.free.value < 5e9 ? 'poor' : 'good',
    name: 'home',
    text: `${home.folder}: ${bytes(home.free.value)} free, ${kept}`,
  };
}

function ffmpegFindings({ ffmpeg }: MachineReport): readonly Finding[] {
  if (ffmpeg.kind === 'missing') return [{ state: 'bad', name: 'ffmpeg', text: ffmpeg.reason }];
  const { path, version, source, presets } = ffmpeg.value;
  const where = { chosen: 'chosen by SLUICE_FFMPEG', bundled: 'of ffmpeg-static', 'search-path': 'on the PATH' }[
    source
  ];
  const missing = presets.filter(({ usable }) => !usable).map(({ id }) => id);
  const can = presets.filter(({ usable }) => usable).map(({ id }) => id);
  return [
    { state: 'good', name: 'ffmpeg', text: `${version}, ${path} (${where})` },
    {
      state: missing.length === 0 ? 'good' : 'poor',
      name: 'presets',
      text: `${can.join(', ')}${missing.length === 0 ? '' : `; its build lacks encoders for ${missing.join(', ')}`}`,
    },
  ];
}

function packFindings({ packs, pack }: MachineReport): readonly Finding[] {
  const others = packs.flatMap((entry): readonly Finding[] => {
    if (entry.state === 'invalid')
      return [{ state: 'poor', name: 'pack', text: `${entry.directory} cannot be used: ${entry.problem.message}` }];
    const { manifest, hash } = entry.pack;
    const last = manifest.stages.at(-1)?.output;
    const isDefault = pack.kind === 'found' && pack.value.hash === hash;
    const shape = last === undefined ? '' : `, up to ${last.frames} × ${last.width}×${last.height}`;
    return [
      {
        state: 'good',
        name: 'pack',
        text: `${manifest.name} ${manifest.version} (${entry.origin}${isDefault ? ', used when none is named' : ''})${shape}`,
      },
    ];
  });
  return pack.kind === 'found' ? others : [...others, { state: 'bad', name: 'pack', text: pack.reason }];
}

function providerFindings(report: MachineReport, wanted: Provider | undefined): readonly Finding[] {
  const { providers } = report;
  const used = usedProvider(report, wanted);
  const findings = providers.map((each): Finding => {
    const { provider, maxDifference } = each;
    const against = reasonAgainst(each);
    if (against !== undefined) return { state: 'plain', name: 'provider', text: notUsed(provider, against) };
    const accuracy = maxDifference === undefined ? '' : `, ${maxDifference.toExponential(1)} off the golden vectors`;
    return {
      state: 'good',
      name: 'provider',
      text: `${provider}${provider === used ? ' is used' : ' could be used'}: answered in ${seconds(each.seconds)}${accuracy}`,
    };
  });
  if (used !== undefined || providers.length === 0) return findings;
  const remedy =
    wanted === undefined
      ? 'none can be used: run "npm ci" again, and see the reasons above.'
      : `${wanted}, which --provider names, cannot be used: leave --provider out, or name one that could be used.`;
  return [...findings, { state: 'bad', name: 'provider', text: remedy }];
}

/** By the rule of jobs: the first against which nothing speaks, or the one that is wanted, if nothing speaks against it. */
export function usedProvider({ providers }: MachineReport, wanted: Provider | undefined): Provider | undefined {
  return providers.find((each) => (wanted ?? each.provider) === each.provider && reasonAgainst(each) === undefined)
    ?.provider;
}

/** What a machine needs for a provider. */
const needs: Readonly<Record<Provider, string>> = {
  webgpu: 'a GPU of its own with its current driver (on Linux with Vulkan)',
  dml: 'Windows, and a GPU with DirectX 12 and its current driver',
  coreml: 'macOS',
  cuda: 'an NVIDIA GPU with its driver, CUDA and cuDNN, and the CUDA libraries of ONNX Runtime',
  cpu: 'ONNX Runtime: run "npm ci" again',
};

function notUsed(provider: Provider, reason: string): string {
  return `${provider} is not used: ${firstSentence(reason)}. It needs ${needs[provider]}.`;
}

/** Without its full stop; what follows it is advice for a job, not for a machine. */
function firstSentence(text: string): string {
  const longest = 160;
  const sentence = (/^.*?(?=\.(\s|$)|\n|$)/s.exec(text.trim())?.[0] ?? '').trim();
  return sentence.length <= longest ? sentence : `${sentence.slice(0, longest)}…`;
}

function findingsText(findings: readonly Finding[], isWell: boolean, paint: Paint): string {
  const signs = { good: paint('green', '✓'), poor: paint('yellow', '!'), bad: paint('red', '✗'), plain: ' ' };
  const lines = findings.map(({ state, name, text }) => `  ${signs[state]} ${padEnd(name, 9)} ${printable(text)}\n`);
  const verdict = isWell ? 'Clips can be made on this machine.' : 'Clips cannot be made yet: see the lines marked ✗.';
  return `${lines.join('')}\n  ${verdict}\n`;
}

function reportJson(report: MachineReport, values: Input['values']): object {
  const { memoryBytes, threads } = runMeans(values);
  const settings = { threads, memoryBytes, provider: values.provider };
  const packs = report.packs.map((entry) => ({
    directory: entry.directory,
    origin: entry.origin,
    state: entry.state,
    ...(entry.state === 'valid'
      ? { name: entry.pack.manifest.name, version: entry.pack.manifest.version, hash: entry.pack.hash }
      : { problem: entry.problem.message }),
  }));
  const pack =
    report.pack.kind === 'found'
      ? { name: report.pack.value.manifest.name, hash: report.pack.value.hash }
      : { reason: report.pack.reason };
  return { ...report, settings, usedProvider: usedProvider(report, values.provider), packs, pack };
}
