/**
 * Makes one stage's artifact: runs it in the inference process, again where that may help, and files what comes out. The caller
 * holds the artifact's lock. Knows nothing of the other stages.
 */
import { rm } from 'node:fs/promises';
import { openFrameFile } from '#frames/reader';
import { SluiceError } from '#shared/errors';
import type { Provider, StageRunRequest } from '#shared/inference-contract';
import type { ClipShape } from '#shared/pack-manifest';
import type { Artifact } from '../artifacts/artifact-store';
import { folderSize, requireSpace } from '../files/disk-space';
import type { CascadeEvent, CascadeRequest } from './cascade-job';
import type { CascadeServices } from './cascade-services';
import type { KeyedStage } from './keyed-stages';
import { leastMemory } from './memory-need';
import type { ProviderInUse } from './provider-in-use';
import type { RunningStage } from './remaining-time';
import { nextAttempt } from './retry-policy';
import { StageProgress } from './stage-progress';

export interface StageWork {
  readonly keyed: KeyedStage;
  readonly request: CascadeRequest;
  /** Frame file of the clip that it enlarges. */
  readonly inputPath?: string;
  readonly given: StageRunRequest['given'];
  /** Of the whole job. */
  readonly remainingSec: (running: RunningStage, provider: Provider) => number | undefined;
}

interface Surroundings {
  readonly services: CascadeServices;
  readonly provider: ProviderInUse;
  readonly signal: AbortSignal;
  readonly onEvent: (event: CascadeEvent) => void;
}

/** Throws what running the stage throws when no further attempt may help, and the cancellation; its checkpoints are kept. */
export async function makeStage(work: StageWork, around: Surroundings): Promise<Artifact> {
  const { services, provider, signal, onEvent } = around;
  const { stage, key } = work.keyed;
  const startMs = performance.now();
  let memoryBytes = work.request.memoryBytes;
  for (let crashes = 0; ;) {
    const name = await provider.current();
    try {
      const artifact = await attempt(work, around, name, memoryBytes, startMs);
      await services.checkpoints.remove(key);
      return artifact;
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof SluiceError)) throw error;
      if (error.code === 'network-not-finite') await services.checkpoints.remove(key);
      const next = nextAttempt(error.code, {
        provider: name,
        memoryBytes,
        leastMemoryBytes: leastMemory(work.request.pack.manifest, stage),
        crashes,
        mayChangeProvider: work.request.provider === undefined,
      });
      if (next.kind === 'give-up') throw error;
      onEvent({ kind: 'retrying', stage: stage.id, code: error.code, message: error.message });
      if (next.kind === 'other-provider') await provider.reject(name, error.message);
      else memoryBytes = next.memoryBytes;
      if (error.code === 'inference-crashed') crashes = next.kind === 'other-provider' ? 0 : crashes + 1;
    }
  }
}

async function attempt(
  work: StageWork,
  { services, signal, onEvent }: Surroundings,
  provider: Provider,
  memoryBytes: number,
  startMs: number,
): Promise<Artifact> {
  const { keyed, request } = work;
  const { stage, key } = keyed;
  const outputPath = services.artifacts.temporaryPath(key);
  const checkpointDirectory = await services.checkpoints.folderOf(key, provider);
  const neededBytes = bytesOnDisk(stage.output) - (await folderSize(checkpointDirectory)).sizeBytes;
  await requireSpace(services.artifacts.files.folder, Math.max(0, neededBytes), `Stage ${stage.id}`);
  const runRequest = { ...stageRunRequest(work), outputPath, checkpointDirectory, provider, memoryBytes };
  const progress = new StageProgress(stage, (running) => work.remainingSec(running, provider), onEvent);
  try {
    for await (const event of services.inference.runStage(runRequest, signal)) progress.take(event);
    await requirePlannedShape(outputPath, keyed);
    const artifact = await services.artifacts.commit(key, outputPath, {
      kind: 'stage',
      pack: { name: request.pack.manifest.name, hash: request.pack.hash },
      stage: stage.id,
      prompts: runRequest.prompts,
      seed: stage.seed,
      provider,
      seconds: (performance.now() - startMs) / 1000,
    });
    const speed = progress.speed;
    const of = { pack: request.pack.hash, stage: stage.id, provider, threads: request.threads };
    // An estimate that cannot be kept is no reason to lose a stage that is done.
    if (speed !== undefined) await services.speeds.record(of, speed.seconds, speed.evaluations).catch(() => undefined);
    return artifact;
  } finally {
    await rm(outputPath, { force: true }).catch(() => undefined);
  }
}

function stageRunRequest({
  keyed: { stage },
  request: { pack, shot, threads, previewPixels },
  inputPath,
  given,
}: StageWork): Omit<StageRunRequest, 'outputPath' | 'checkpointDirectory' | 'provider' | 'memoryBytes'> {
  return {
    packDirectory: pack.directory,
    manifest: pack.manifest,
    stage: stage.id,
    parameters: stage.parameters,
    seed: stage.seed,
    prompts: shot.prompts.map((part) => part.prompt),
    negativePrompt: shot.negativePrompt,
    partOfFrame: [...stage.partOfFrame],
    ...(inputPath !== undefined && { inputPath }),
    given,
    threads,
    previewPixels,
  };
}

/**
 * What a stage may take until it is done: its output, should it not compress at all, and a checkpoint's two planes of float32.
 * Refused beforehand where the disk has not that much, rather than after minutes of work.
 */
function bytesOnDisk({ frames, height, width }: ClipShape): number {
  const values = frames * height * width * 3;
  return values + 2 * values * Float32Array.BYTES_PER_ELEMENT;
}

/** Nothing that another process says is filed unseen. */
async function requirePlannedShape(path: string, { stage }: KeyedStage): Promise<void> {
  const reader = await openFrameFile(path);
  const { frames, height, width } = reader;
  await reader.close();
  const { output } = stage;
  if (frames === output.frames && height === output.height && width === output.width) return;
  throw new SluiceError(
    'internal',
    `Stage ${stage.id} gave ${frames} frames of ${width}×${height} instead of ${output.frames} of ${output.width}×${output.height}. Report this; nothing was kept of it.`,
  );
}
