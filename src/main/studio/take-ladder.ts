/** The ladder of a shot or a take: what there is of each stage, and what the rest would cost. Pure but for looking artifacts up. */
import type { StageId } from '#shared/pack-manifest';
import type { ProjectShot, Take } from '#shared/project/project-shot';
import type { Shot } from '#shared/shot';
import type { ArtifactFacts } from '#shared/studio/artifact-facts';
import type { Ladder, LadderStage, StageState } from '#shared/studio/ladder';
import type { Sha256 } from '#shared/units';
import type { Artifact } from '../artifacts/artifact-store';
import type { CascadeServices } from '../jobs/cascade-services';
import { keyStages } from '../jobs/keyed-stages';
import type { QueuedJob } from '../jobs/queue/queue-state';
import type { Pack } from '../packs/pack';
import { estimateShot, type EstimatedStage } from '../shot-estimate';
import type { JobStanding } from './job-news';
import { problemOf } from './problem';
import { allTheWay } from './all-the-way';
import { takeRungs } from './take-rungs';

export interface LadderInputs {
  readonly pack: Pack;
  readonly shot: Shot;
  /** What was made of it before. */
  readonly made: Take['made'];
  readonly means: { readonly threads: number; readonly memoryBytes: number };
  readonly services: CascadeServices;
}

/** Without what jobs say: stages are done, stale or empty. */
export async function restingLadder(inputs: LadderInputs): Promise<Ladder> {
  const { pack, shot, means, services, made } = inputs;
  const { stages, seconds } = await estimateShot({ pack, shot: allTheWay(shot), ...means, previewPixels: 0 }, services);
  const lanes: LadderStage[] = await replacedStages(inputs);
  for (const stage of stages) lanes.push(await restingStage(stage, made, services));
  return { stages: lanes, ...(seconds !== undefined && { seconds }) };
}

/** The lanes that frames which a person brought make needless; only the last of them can be shown. */
async function replacedStages({ pack, shot, services }: LadderInputs): Promise<LadderStage[]> {
  const { startFrom } = shot;
  if (startFrom === undefined) return [];
  const brought = await services.artifacts.find(startFrom.source.sha256);
  const last = pack.manifest.stages.findIndex(({ id }) => id === startFrom.stage);
  return pack.manifest.stages.slice(0, last + 1).map(({ id }) => ({
    stage: id,
    key: startFrom.source.sha256,
    state: { kind: 'replaced' },
    ...(brought !== undefined && id === startFrom.stage && { shown: artifactFacts(brought) }),
    seconds: 0,
    diskBytes: 0,
  }));
}

/** Of a shot whose pack is not here: what was made plays, and nothing can be renewed, for the reason given. */
export async function keptLadder(
  shot: ProjectShot,
  take: Take,
  { artifacts }: Pick<CascadeServices, 'artifacts'>,
  why: unknown,
): Promise<Ladder> {
  const stages: LadderStage[] = [];
  for (const { stage, key, shown, isBrought } of await takeRungs({ pack: undefined, shot, take }, artifacts))
    stages.push({
      ...{ stage, key, diskBytes: shown?.metadata.sizeBytes ?? 0 },
      state: { kind: isBrought ? 'replaced' : shown === undefined ? 'empty' : 'done' },
      ...(shown && { shown: artifactFacts(shown) }),
    });
  return { stages, problem: problemOf(why) };
}

/** A ladder that cannot be had, with why. */
export function brokenLadder(error: unknown): Ladder {
  return { stages: [], problem: problemOf(error) };
}

async function restingStage(
  { stage, key, seconds }: EstimatedStage,
  made: Take['made'],
  services: CascadeServices,
): Promise<LadderStage> {
  const { frames, height, width } = stage.output;
  const before = made.find((one) => one.stage === stage.id)?.key;
  const current = await services.artifacts.find(key);
  const shown = current ?? (before === undefined ? undefined : await services.artifacts.find(before));
  const isStale = before !== undefined && (before !== key || shown !== undefined);
  return {
    stage: stage.id,
    key,
    state: { kind: current !== undefined ? 'done' : isStale ? 'stale' : 'empty' },
    ...(shown && { shown: artifactFacts(shown) }),
    ...(seconds !== undefined && { seconds }),
    diskBytes: current?.metadata.sizeBytes ?? frames * height * width * 3,
  };
}

export function artifactFacts({ key, metadata }: Artifact): ArtifactFacts {
  const { frames, height, width, fps, framesSha256, sizeBytes } = metadata;
  return { key, frames, height, width, fps, framesSha256, sizeBytes };
}

/** A job of the take, with the keys that it makes. */
export interface TakeJob {
  readonly job: QueuedJob;
  readonly keys: ReadonlyMap<StageId, Sha256>;
  readonly standing: JobStanding | undefined;
}

/** The ladder with what the take's jobs, in the queue's order, say of stages that are not done. */
export function withJobs(ladder: Ladder, jobs: readonly TakeJob[]): Ladder {
  if (jobs.length === 0) return ladder;
  return { ...ladder, stages: ladder.stages.map((stage) => ({ ...stage, state: stateWithJobs(stage, jobs) })) };
}

/** Empty where the job's shot no longer fits its pack. */
export function keysOfJob(pack: Pack, shot: Shot): ReadonlyMap<StageId, Sha256> {
  try {
    return new Map(keyStages(pack, shot).map(({ stage, key }) => [stage.id, key]));
  } catch {
    return new Map();
  }
}

/** A job says something of a stage only while it makes just what the stage is now. */
function stateWithJobs(stage: LadderStage, jobs: readonly TakeJob[]): StageState {
  if (stage.state.kind === 'done' || stage.state.kind === 'replaced') return stage.state;
  const ofStage = jobs.filter(({ keys }) => keys.get(stage.stage) === stage.key);
  const active = ofStage.find(({ job }) => ['running', 'waiting', 'paused'].includes(job.state.kind));
  if (active !== undefined) return activeState(stage, active);
  const last = ofStage.at(-1);
  if (last?.job.state.kind !== 'failed') return stage.state;
  const failedAt = last.standing?.stage;
  const isFailed = failedAt === undefined ? firstKey(last) === stage.key : failedAt === stage.stage;
  return isFailed ? { kind: 'failed', job: last.job.id, problem: problemOfFailure(last.job.state) } : stage.state;
}

function activeState({ stage }: LadderStage, { job, standing }: TakeJob): StageState {
  if (job.state.kind === 'running' && standing?.stage === stage && standing.share < 1) {
    const { step, steps, share } = standing;
    return { kind: 'running', job: job.id, step, steps, share };
  }
  return { kind: 'queued', job: job.id, isPaused: job.state.kind === 'paused' };
}

function firstKey({ keys }: TakeJob): Sha256 | undefined {
  return [...keys.values()][0];
}

function problemOfFailure(state: Extract<QueuedJob['state'], { kind: 'failed' }>) {
  return { code: state.error.code, message: state.error.message };
}
