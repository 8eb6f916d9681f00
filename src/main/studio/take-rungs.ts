/**
 * What there is of a take, stage by stage. With its pack the addresses are those that it would have now; without it (a project that came
 * from elsewhere) they are those that were noted when it was made, so that it plays all the same.
 */
import type { StageId } from '#shared/pack-manifest';
import { shotOfTake, type ProjectShot, type Take } from '#shared/project/project-shot';
import type { Sha256 } from '#shared/units';
import type { Artifact, ArtifactStore } from '../artifacts/artifact-store';
import { keyStages } from '../jobs/keyed-stages';
import type { Pack } from '../packs/pack';
import { allTheWay } from './all-the-way';

export interface TakeStage {
  readonly stage: StageId;
  /** The address that its output has, or would have. */
  readonly key: Sha256;
  readonly shown: Artifact | undefined;
  /** Frames that a person brought, which stand for this stage and those before it. */
  readonly isBrought: boolean;
}

export interface TakeOfShot {
  /** Undefined: it is not installed. */
  readonly pack: Pack | undefined;
  readonly shot: ProjectShot;
  readonly take: Take;
}

/** In order, without the stages before those that a person brought. Throws what `keyStages` throws. */
export async function takeRungs({ pack, shot, take }: TakeOfShot, artifacts: ArtifactStore): Promise<TakeStage[]> {
  const rungs: TakeStage[] = [];
  const { startFrom } = shot.direction;
  if (startFrom !== undefined) {
    const key = startFrom.source.sha256;
    rungs.push({ stage: startFrom.stage, key, shown: await artifacts.find(key), isBrought: true });
  }
  for (const { stage, key } of pack === undefined ? take.made : keysNow(pack, shot, take)) {
    const before = take.made.find((made) => made.stage === stage)?.key;
    const current = await artifacts.find(key);
    const shown = current ?? (before === undefined ? undefined : await artifacts.find(before));
    rungs.push({ stage, key, shown, isBrought: false });
  }
  return rungs;
}

/** The addresses that its stages would have if they were made now. Throws what `keyStages` throws. */
export function keysNow(pack: Pack, shot: ProjectShot, take: Take): Take['made'] {
  const whole = allTheWay(shotOfTake(shot, take));
  const isComplete = pack.manifest.stages.at(-1)?.id === whole.startFrom?.stage;
  return isComplete ? [] : keyStages(pack, whole).map(({ stage, key }) => ({ stage: stage.id, key }));
}
