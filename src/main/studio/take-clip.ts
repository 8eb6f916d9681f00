/** The frames of a take to export, and the recipe where it is known what made them. */
import { SluiceError } from '#shared/errors';
import type { StageId } from '#shared/pack-manifest';
import { shotOfTake, type ProjectShot, type Take } from '#shared/project/project-shot';
import type { Recipe } from '#shared/recipe';
import type { Artifact } from '../artifacts/artifact-store';
import type { CascadeServices } from '../jobs/cascade-services';
import { keyStages } from '../jobs/keyed-stages';
import { makeRecipe } from '../jobs/make-recipe';
import type { Pack } from '../packs/pack';
import { allTheWay } from './all-the-way';

export interface TakeClip {
  readonly artifact: Artifact;
  /** Absent for frames that are stale: what made them is no longer what the take says. */
  readonly recipe: Recipe | undefined;
}

/** `stage` absent: the highest that is there. Throws `artifact-missing`. */
export async function takeClip(
  { pack, shot, take }: { readonly pack: Pack; readonly shot: ProjectShot; readonly take: Take },
  stage: StageId | undefined,
  services: CascadeServices,
): Promise<TakeClip> {
  const whole = allTheWay(shotOfTake(shot, take));
  const keyed = keyStages(pack, whole);
  const upTo = stage === undefined ? keyed.length - 1 : keyed.findIndex((one) => one.stage.id === stage);
  const lowest = stage === undefined ? 0 : upTo;
  for (let index = upTo; index >= lowest && index >= 0; index -= 1) {
    const current = keyed[index];
    if (current === undefined) break;
    const artifact = await services.artifacts.find(current.key);
    if (artifact !== undefined) {
      const ofHere = { ...whole, stopAt: current.stage.id };
      return { artifact, recipe: await recipeOf(pack, ofHere, services) };
    }
    const before = take.made.find((made) => made.stage === current.stage.id);
    const stale = before && (await services.artifacts.find(before.key));
    if (stale !== undefined) return { artifact: stale, recipe: undefined };
  }
  throw new SluiceError('artifact-missing', 'Nothing of this take is there to export: generate it first.', {
    details: { take: take.id },
  });
}

/** Undefined where a stage that it would name is no longer kept. */
async function recipeOf(
  pack: Pack,
  shot: Parameters<typeof makeRecipe>[1],
  { artifacts, versions }: CascadeServices,
): Promise<Recipe | undefined> {
  const made = [];
  for (const keyed of keyStages(pack, shot)) {
    const artifact = await artifacts.find(keyed.key);
    if (artifact === undefined) return undefined;
    made.push({ keyed, artifact });
  }
  return makeRecipe(pack, shot, made, versions);
}
