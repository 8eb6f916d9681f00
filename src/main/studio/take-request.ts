/** From a take, and how far to go, to the job that makes it. */
import { SluiceError } from '#shared/errors';
import type { StageId } from '#shared/pack-manifest';
import type { TakeId } from '#shared/project/ids';
import { shotOfTake, type ProjectShot, type Take } from '#shared/project/project-shot';
import type { Shot } from '#shared/shot';
import type { ArtifactStore } from '../artifacts/artifact-store';
import { keyStages } from '../jobs/keyed-stages';
import type { Pack } from '../packs/pack';
import type { OpenProject } from '../projects/open-project';

/** Throws `invalid-argument`. */
export function takeIn(project: OpenProject, id: TakeId): { readonly take: Take; readonly shot: ProjectShot } {
  const take = project.project.takes.get(id);
  const shot = take && project.project.shots.get(take.shotId);
  if (take !== undefined && shot !== undefined) return { take, shot };
  throw new SluiceError('invalid-argument', `There is no take ${id} in “${project.project.title}” any more.`, {
    details: { id },
  });
}

export interface Reach {
  /** Last stage; absent: what the shot says. */
  readonly upTo?: StageId | undefined;
  /** First stage to make, of what there is of the one before it; absent: everything that is missing. */
  readonly from?: StageId | undefined;
}

/**
 * The shot to run. Checked against the pack, so that what cannot be run is refused now and not by the queue. Throws `invalid-shot`,
 * `invalid-argument` where nothing was made that `from` could begin with.
 */
export async function shotToRun(
  { pack, shot, take }: { readonly pack: Pack; readonly shot: ProjectShot; readonly take: Take },
  { upTo, from }: Reach,
  artifacts: ArtifactStore,
): Promise<Shot> {
  const { stopAt, ...whole } = shotOfTake(shot, take);
  const last = upTo ?? stopAt;
  const wanted: Shot = { ...whole, ...(last !== undefined && { stopAt: last }) };
  const keyed = keyStages(pack, wanted);
  if (from === undefined) return wanted;
  const index = keyed.findIndex(({ stage }) => stage.id === from);
  if (index === -1)
    throw new SluiceError('invalid-argument', `Stage "${from}" is not among those that would run: choose another one.`);
  const before = keyed[index - 1];
  // The first stage begins with nothing, and one whose input is as it would be made needs no replacement.
  if (before === undefined || (await artifacts.has(before.key))) return wanted;
  return startingAt(wanted, before.stage.id, take, artifacts);
}

async function startingAt(wanted: Shot, stage: StageId, take: Take, artifacts: ArtifactStore): Promise<Shot> {
  const key = take.made.find((made) => made.stage === stage)?.key;
  const artifact = key && (await artifacts.find(key));
  if (artifact === undefined)
    throw new SluiceError(
      'invalid-argument',
      `There is nothing of stage "${stage}" to begin with: make it first, or generate from an earlier stage.`,
      { details: { stage } },
    );
  const { frames, height, width } = artifact.metadata;
  return { ...wanted, startFrom: { stage, source: { sha256: artifact.key, frames, height, width } } };
}
