/** What this machine has for Sluice: asked of the system, of ffmpeg, of every pack and of every execution provider, never assumed. */
import { arch, cpus, freemem, totalmem } from 'node:os';
import path from 'node:path';
import { serialiseError, type ErrorCode } from '#shared/errors';
import type { Provider, ProviderReport } from '#shared/inference-contract';
import { checkHome, nearestFolder } from './ensure-home';
import { exportPresets } from './export/presets';
import { freeBytes } from './files/disk-space';
import { preferredProviders } from './jobs/provider-choice';
import { ffmpegCapabilities } from './media/ffmpeg-capabilities';
import type { Ffmpeg } from './media/ffmpeg';
import type { Pack } from './packs/pack';
import type { PackEntry } from './packs/library';
import type { Sluice } from './sluice';

/** What was found, or why it was not: in words, and by the code of what went wrong. */
export type Found<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'missing'; readonly code: ErrorCode; readonly reason: string };

export interface MachineReport {
  readonly sluice: string;
  readonly onnxruntime: string;
  readonly node: string;
  readonly platform: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly freeMemoryBytes: number;
  readonly home: { readonly folder: string; readonly free: Found<number>; readonly artifactBytes: number };
  readonly ffmpeg: Found<
    Ffmpeg & {
      readonly version: string;
      readonly presets: readonly { readonly id: string; readonly usable: boolean }[];
    }
  >;
  readonly packs: readonly PackEntry[];
  /** The pack that is used when none is named. */
  readonly pack: Found<Pack>;
  /** Best first, probed just now with that pack. */
  readonly providers: readonly ProviderReport[];
}

/** `wanted` is probed first, also where it is none of this platform's. Jobs go by what was found. Throws only the reason of `signal`. */
export async function machineReport(sluice: Sluice, signal: AbortSignal, wanted?: Provider): Promise<MachineReport> {
  const pack = await found(() => sluice.packs.resolve(undefined, signal), signal);
  const processors = cpus();
  return {
    ...sluice.versions,
    node: process.versions.node,
    platform: `${process.platform} ${arch()}`,
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    freeMemoryBytes: freemem(),
    home: await homeReport(sluice, signal),
    ffmpeg: await found(() => ffmpegReport(sluice, signal), signal),
    packs: await sluice.packs.list(signal),
    pack,
    providers: pack.kind === 'found' ? await providerReports(sluice, pack.value, signal, wanted) : [],
  };
}

/** Looks only: a folder that is not there yet is not made for the sake of a report. */
async function homeReport(sluice: Sluice, signal: AbortSignal): Promise<MachineReport['home']> {
  const { home: folder } = sluice;
  const free = await found(async () => {
    await checkHome(path.resolve(folder));
    return freeBytes(await nearestFolder(path.resolve(folder)));
  }, signal);
  const artifacts = (await isFolder(folder))
    ? await found(async () => (await sluice.jobs()).artifacts.list(), signal)
    : undefined;
  if (artifacts?.kind === 'missing') return { folder, free: artifacts, artifactBytes: 0 };
  const artifactBytes = artifacts?.value.reduce((sum, { metadata }) => sum + metadata.sizeBytes, 0) ?? 0;
  return { folder, free, artifactBytes };
}

async function ffmpegReport(sluice: Sluice, signal: AbortSignal) {
  const ffmpeg = sluice.ffmpeg();
  const { version, encoders } = await ffmpegCapabilities(ffmpeg.path, signal);
  return {
    ...ffmpeg,
    version,
    presets: exportPresets.map(({ id, encoder }) => ({ id, usable: encoders.has(encoder) })),
  };
}

async function providerReports(
  sluice: Sluice,
  pack: Pack,
  signal: AbortSignal,
  wanted: Provider | undefined,
): Promise<readonly ProviderReport[]> {
  const reports: ProviderReport[] = [];
  const ours = preferredProviders(process.platform);
  for (const provider of new Set(wanted === undefined ? ours : [wanted, ...ours])) {
    const report = await found(() => probe(sluice, pack, provider, signal), signal);
    if (report.kind === 'found') reports.push(report.value);
    else reports.push({ provider, usable: false, seconds: 0, code: report.code, reason: report.reason });
  }
  return reports;
}

/** Remembered for jobs where the folder is there; else there are none. */
async function probe(sluice: Sluice, pack: Pack, provider: Provider, signal: AbortSignal): Promise<ProviderReport> {
  const jobs = (await isFolder(sluice.home)) ? await sluice.jobs().catch(() => undefined) : undefined;
  if (jobs !== undefined) return jobs.services.providers.probe(pack, provider, signal);
  return sluice.inference.probe({ packDirectory: pack.directory, manifest: pack.manifest, provider }, signal);
}

async function isFolder(home: string): Promise<boolean> {
  const folder = path.resolve(home);
  return (await nearestFolder(folder)) === folder;
}

async function found<T>(look: () => Promise<T>, signal: AbortSignal): Promise<Found<T>> {
  try {
    return { kind: 'found', value: await look() };
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = serialiseError(error);
    return { kind: 'missing', code, reason: message };
  }
}
