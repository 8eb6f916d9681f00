/** The frames of a take to export, and the recipe where it is known what made them. */
import { shownStage } from '#shared/edit/shown-stage';
import { SluiceError } from '#shared/errors';
import type { StageId } from '#shared/pack-manifest';
import { shotOfTake } from '#shared/project/project-shot';
import type { Recipe } from '#shared/recipe';
import type { Artifact } from '../artifacts/artifact-store';
import type { CascadeServices } from '../jobs/cascade-services';
import { keyStages } from '../jobs/keyed-stages';
import { makeRecipe } from '../jobs/make-recipe';
import type { Pack } from '../packs/pack';
import { allTheWay } from './all-the-way';
import { takeRungs, type TakeOfShot } from './take-rungs';

export interface TakeClip {
  readonly stage: StageId;
  readonly artifact: Artifact;
  /** What made the frames is no longer what the take says. */
  readonly isStale: boolean;
  /** Absent for stale frames and for those that a person brought, without the pack, and where a stage below them is no longer kept. */
  readonly recipe: Recipe | undefined;
}

/** `stage` absent: the one that the edit shows. Throws `artifact-missing`. */
export async function takeClip(
  ofShot: TakeOfShot,
  stage: StageId | undefined,
  services: Pick<CascadeServices, 'artifacts' | 'versions'>,
): Promise<TakeClip> {
  const { pack, shot, take } = ofShot;
  const found = shownStage(await takeRungs(ofShot, services.artifacts), stage);
  if (found?.shown === undefined)
    throw new SluiceError('artifact-missing', 'Nothing of this take is there to export: generate it first.', {
      details: { take: take.id },
    });
  const isStale = found.shown.key !== found.key;
  const isMade = pack !== undefined && !isStale && !found.isBrought;
  const whole = { ...allTheWay(shotOfTake(shot, take)), stopAt: found.stage };
  const recipe = isMade ? await recipeOf(pack, whole, services) : undefined;
  return { stage: found.stage, artifact: found.shown, isStale, recipe };
}

/** Undefined where a stage that it would name is no longer kept. */
async function recipeOf(
  pack: Pack,
  shot: Parameters<typeof makeRecipe>[1],
  { artifacts, versions }: Pick<CascadeServices, 'artifacts' | 'versions'>,
): Promise<Recipe | undefined> {
  const made = [];
  for (const keyed of keyStages(pack, shot)) {
    const artifact = await artifacts.find(keyed.key);
    if (artifact === undefined) return undefined;
    made.push({ keyed, artifact });
  }
  return makeRecipe(pack, shot, made, versions);
}
