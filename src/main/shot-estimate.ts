/** What running a shot would take, before anything runs: which stages are there already, and how long the others would need. */
import type { PlannedStage } from '#engine/plan';
import type { Sha256 } from '#shared/units';
import type { CascadeRequest } from './jobs/cascade-job';
import type { CascadeServices } from './jobs/cascade-services';
import { keyStages } from './jobs/keyed-stages';
import { knownSpeed } from './jobs/known-speed';
import { remainingSeconds } from './jobs/remaining-time';

export interface EstimatedStage {
  readonly stage: PlannedStage;
  readonly key: Sha256;
  /** Its artifact is there. */
  readonly isReused: boolean;
  /** From what was measured on this machine; undefined: nothing was. 0 when reused. */
  readonly seconds: number | undefined;
}

export interface ShotEstimate {
  readonly stages: readonly EstimatedStage[];
  readonly seconds: number | undefined;
}

/** Throws what planning throws: `invalid-shot`, `pack-invalid`. */
export async function estimateShot(request: CascadeRequest, services: CascadeServices): Promise<ShotEstimate> {
  const speed = (stage: PlannedStage): number | undefined => knownSpeed(request, services.speeds, stage);
  const stages: EstimatedStage[] = [];
  for (const { stage, key } of keyStages(request.pack, request.shot)) {
    const isReused = await services.artifacts.has(key);
    stages.push({ stage, key, isReused, seconds: isReused ? 0 : remainingSeconds([stage], undefined, speed) });
  }
  const toRun = stages.filter(({ isReused }) => !isReused).map(({ stage }) => stage);
  return { stages, seconds: remainingSeconds(toRun, undefined, speed) };
}
