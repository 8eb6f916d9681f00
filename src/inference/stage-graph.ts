/** The graph of a stage, loaded with as much memory for its run as it would like and the setting leaves. */
import { latentBytes } from '#engine/process-memory';
import { heldBytes } from '#engine/stage-memory';
import { planWindows } from '#engine/windows';
import type { FrameFileReader } from '#frames/reader';
import { SluiceError } from '#shared/errors';
import type { StagePreparation } from '#shared/inference-contract';
import type { StageSpec } from '#shared/pack-manifest';
import type { LoadedGraph, SessionPool } from './session';

/** What of a run decides how much memory it takes. */
export interface StageInputs {
  readonly spec: StageSpec;
  /** The clip that the stage enlarges; absent for a base. */
  readonly input?: FrameFileReader;
  readonly givenFrames: number;
}

/** Throws as `SessionPool.acquire`. */
export async function loadStageGraph(
  pool: SessionPool,
  request: StagePreparation,
  { spec, input, givenFrames }: StageInputs,
): Promise<LoadedGraph> {
  const { provider, threads, memoryBytes } = request;
  // With this much the engine would cut the clip into the fewest windows.
  const windowBytes = planWindows(spec, input, Number.MAX_SAFE_INTEGER).bytes + heldBytes(spec, input, givenFrames);
  const workingBytes = windowBytes + latentBytes(spec.output);
  return pool.acquire({ pack: request, graph: spec.graph, provider, threads, memoryBytes, workingBytes });
}

/** Throws `invalid-argument` for a stage that the pack has not. */
export function specOf({ stage, manifest }: Pick<StagePreparation, 'stage' | 'manifest'>): StageSpec {
  const spec = manifest.stages.find(({ id }) => id === stage);
  const stages = manifest.stages.map(({ id }) => id).join(', ');
  if (spec === undefined)
    throw invalidRequest(`the pack ${manifest.name} has no stage ${stage}; it has ${stages}. Name one of these`);
  return spec;
}

export function invalidRequest(what: string): SluiceError {
  return new SluiceError('invalid-argument', `The stage cannot be run: ${what}.`);
}
