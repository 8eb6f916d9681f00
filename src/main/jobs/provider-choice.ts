/**
 * Which execution provider runs a pack on this machine: the first of the platform's that reproduces the pack's golden vectors. What
 * a probe found is remembered on disk, since probing a provider can take seconds; a provider that fails later is forgotten (decision 0013).
 */
import { z } from 'zod';
import { SluiceError } from '#shared/errors';
import { providerReportSchema, type Provider, type ProviderReport } from '#shared/inference-contract';
import { readJsonFile, writeJsonFile } from '../files/json-file';
import type { InferenceService } from '../inference/inference-service';
import type { Pack } from '../packs/pack';
import { SharedWork } from '../shared-work';

export interface RejectedProvider {
  readonly provider: Provider;
  readonly reason: string;
}

export interface ChosenProvider {
  readonly provider: Provider;
  /** Better ones that cannot be used here, and why. */
  readonly rejected: readonly RejectedProvider[];
}

/** Best first. What onnxruntime-node can contain on each platform (its package of 1.30); everywhere the CPU comes last. */
const preferred: Partial<Record<NodeJS.Platform, readonly Provider[]>> = {
  win32: ['webgpu', 'dml', 'cpu'],
  darwin: ['webgpu', 'coreml', 'cpu'],
  linux: ['cuda', 'webgpu', 'cpu'],
};

/** Best first, those of `platform`. */
export function preferredProviders(platform: NodeJS.Platform): readonly Provider[] {
  return preferred[platform] ?? ['cpu'];
}

/**
 * A GPU that answers the tiny golden vectors this slowly is drawn by software: SwiftShader took 6 to 14 s where the CPU takes
 * fractions of one, a real GPU that compiles its shaders stays below.
 */
const softwareSeconds = 5;

const rememberedSchema = z.record(z.string(), providerReportSchema);
type Remembered = z.infer<typeof rememberedSchema>;

export class ProviderChoice {
  private readonly probes = new SharedWork<ProviderReport>();

  /**
   * @param file where reports are remembered
   * @param versions of everything that a report depends on besides pack and provider: the runtime, the machine
   */
  constructor(
    private readonly file: string,
    private readonly inference: InferenceService,
    private readonly versions: string,
    private readonly platform: NodeJS.Platform = process.platform,
  ) {}

  /**
   * @param wanted only this one, instead of the best
   * @param excluded failed in this job
   * @throws `provider-unavailable` when none is usable, the cancellation
   */
  async choose(
    pack: Pack,
    wanted: Provider | undefined,
    excluded: readonly RejectedProvider[],
    signal: AbortSignal,
  ): Promise<ChosenProvider> {
    const candidates = wanted === undefined ? preferredProviders(this.platform) : [wanted];
    const rejected = [...excluded];
    for (const provider of candidates) {
      if (excluded.some((failed) => failed.provider === provider)) continue;
      const report = await this.report(pack, provider, signal);
      const reason = reasonAgainst(report);
      if (reason === undefined) return { provider, rejected };
      rejected.push({ provider, reason });
    }
    throw unavailable(pack, rejected, wanted);
  }

  /** How `provider` did, remembered or probed now. */
  async report(pack: Pack, provider: Provider, signal: AbortSignal): Promise<ProviderReport> {
    const known = (await this.remembered())[this.nameOf(pack, provider)];
    return known ?? (await this.probe(pack, provider, signal));
  }

  /** How `provider` does now, whatever is remembered of it. Who asks while it is probed already, hears of that probe. */
  async probe(pack: Pack, provider: Provider, signal: AbortSignal): Promise<ProviderReport> {
    const name = this.nameOf(pack, provider);
    return this.probes.join(name, signal, async (shared) => {
      const request = { packDirectory: pack.directory, manifest: pack.manifest, provider };
      const report = await this.inference.probe(request, shared);
      await this.remember({ [name]: report });
      return report;
    });
  }

  /** The next `report` probes again: the provider failed. */
  async forget(pack: Pack, provider: Provider): Promise<void> {
    await this.remember({ [this.nameOf(pack, provider)]: undefined });
  }

  private async remembered(): Promise<Remembered> {
    const read = await readJsonFile(this.file, rememberedSchema);
    return read.kind === 'read' ? read.value : {};
  }

  /** What cannot be remembered is probed again: no reason to fail. */
  private async remember(changes: Readonly<Record<string, ProviderReport | undefined>>): Promise<void> {
    const reports = { ...(await this.remembered()), ...changes };
    await writeJsonFile(this.file, reports).catch(() => undefined);
  }

  private nameOf(pack: Pack, provider: Provider): string {
    return `${pack.hash}/${provider}/${this.versions}`;
  }
}

/** Why no job would run on the provider that did so; undefined: it can be chosen. */
export function reasonAgainst(report: ProviderReport): string | undefined {
  if (!report.usable) return report.reason ?? 'it does not reproduce the pack’s golden vectors';
  if (report.provider === 'cpu' || report.seconds < softwareSeconds) return undefined;
  return `it needed ${report.seconds.toFixed(1)} s for the pack’s golden vectors: probably a GPU drawn by software`;
}

function unavailable(pack: Pack, rejected: readonly RejectedProvider[], wanted: Provider | undefined): SluiceError {
  const reasons = rejected.map(({ provider, reason }) => `${provider}: ${reason}`).join('; ');
  const remedy =
    wanted === undefined
      ? 'Run `sluice doctor` to see what this machine has.'
      : 'Leave the choice of the provider to Sluice, or name another one.';
  return new SluiceError(
    'provider-unavailable',
    `No execution provider can run the pack ${pack.manifest.name} here (${reasons}). ${remedy}`,
    { details: { pack: pack.hash, reasons } },
  );
}
