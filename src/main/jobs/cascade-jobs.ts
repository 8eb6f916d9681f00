/** The door to cascade jobs for the command line, the host and the shell. */
import { cpus, release } from 'node:os';
import path from 'node:path';
import { mebibyte } from '#shared/units';
import { openArtifactStore, type ArtifactNotice, type ArtifactStore } from '../artifacts/artifact-store';
import { evictToLimit } from '../artifacts/eviction';
import type { SharedHome } from '../files/shared-home';
import type { InferenceService } from '../inference/inference-service';
import { untilAborted } from '../until-aborted';
import type { CascadeEvent, CascadeMeans, CascadeRequest, CascadeResult } from './cascade-job';
import type { CascadeServices } from './cascade-services';
import { Checkpoints } from './checkpoints';
import { importedKeys } from './keyed-stages';
import type { Versions } from './make-recipe';
import { ProviderChoice } from './provider-choice';
import { CascadeRun } from './run-cascade';
import { Speeds } from './speeds';

export interface CascadeJobsOptions {
  readonly home: SharedHome;
  readonly inference: InferenceService;
  readonly versions: Versions;
  /** What unpinned artifacts may take. */
  readonly artifactLimitBytes?: number;
  readonly onNotice?: (notice: ArtifactNotice) => void;
}

/** About sixty clips of the starter pack with all their stages. */
export const defaultArtifactLimitBytes = 20 * 1024 * mebibyte;
/** Two unfinished runs of the largest stage: twice two planes of 128 × 768 × 1280 × 3 float32. */
const checkpointLimitBytes = 8 * 1024 * mebibyte;

/** Opens artifacts and what is remembered of former jobs, and clears away what killed processes left. */
export async function openCascadeJobs(options: CascadeJobsOptions): Promise<CascadeJobs> {
  const { home, inference, versions, artifactLimitBytes = defaultArtifactLimitBytes } = options;
  const artifacts = await openArtifactStore(home.artifacts, home.locks, options.onNotice);
  const checkpoints = new Checkpoints(home.checkpoints);
  await checkpoints.tidy(artifacts, checkpointLimitBytes);
  const speeds = await Speeds.open(path.join(home.folder, 'speeds.json'));
  const providers = new ProviderChoice(path.join(home.folder, 'providers.json'), inference, machine(versions));
  return new CascadeJobs({ artifacts, checkpoints, inference, providers, speeds, versions, artifactLimitBytes });
}

/** What a provider's report depends on beside pack and provider. A home may be shared by machines, and a new system brings new drivers. */
function machine({ onnxruntime }: Versions): string {
  const processor = cpus()[0]?.model.trim() ?? 'unknown';
  return `${process.platform}-${process.arch}-onnxruntime-${onnxruntime}/${release()}/${processor}`;
}

export class CascadeJobs {
  private lastResult: { release(): Promise<void> } | undefined;

  private limitBytes: number;

  constructor(readonly services: CascadeServices) {
    this.limitBytes = services.artifactLimitBytes;
  }

  get artifacts(): ArtifactStore {
    return this.services.artifacts;
  }

  /**
   * Runs a shot. Its stages cannot be evicted until the next job of this process has begun, so that the result can be exported.
   * Throws `invalid-shot`, `artifact-missing`, `disk-full`, `disk-read-only`, `provider-unavailable`, what stages throw, and at
   * once the reason of `signal`; finished stages and checkpoints are kept whatever happens.
   */
  async run(
    request: CascadeRequest,
    signal: AbortSignal,
    onEvent: (event: CascadeEvent) => void = () => undefined,
  ): Promise<CascadeResult> {
    const run = new CascadeRun(request, this.services, signal, onEvent);
    const before = this.lastResult;
    this.lastResult = await this.artifacts.pins.holdForRun([...run.keys, ...importedKeys(request.shot)]);
    await before?.release();
    const result = await run.run();
    await this.evict(onEvent);
    return result;
  }

  /**
   * Has the provider chosen and the pack's first stage loaded, so that the first picture of the next shot comes sooner. A wish: nothing
   * happens where a stage runs, and what fails here is told by the job that it fails. Resolves as soon as `signal` aborts.
   */
  async prepare({ pack, provider: wanted, memoryBytes, threads }: CascadeMeans, signal: AbortSignal): Promise<void> {
    const { providers, inference } = this.services;
    const { directory: packDirectory, manifest } = pack;
    const [first] = manifest.stages;
    if (first === undefined) return;
    try {
      const { provider } = await providers.choose(pack, wanted, [], signal);
      const request = { packDirectory, manifest, stage: first.id, provider, memoryBytes, threads };
      await untilAborted(inference.prepareStage(request), signal);
    } catch {
      return;
    }
  }

  /** What unpinned artifacts may take from now on, from the end of the next job. */
  limitArtifacts(bytes: number): void {
    this.limitBytes = bytes;
  }

  /** Releases the last result. */
  async close(): Promise<void> {
    await this.lastResult?.release();
    this.lastResult = undefined;
  }

  private async evict(onEvent: (event: CascadeEvent) => void): Promise<void> {
    try {
      await evictToLimit(this.artifacts, this.limitBytes);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      onEvent({ kind: 'warning', stage: undefined, message: `Old artifacts could not be removed: ${message}` });
    }
  }
}
