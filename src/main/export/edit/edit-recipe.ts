/** Writes down what made an exported edit. */
import { projectJson } from '#shared/project/project';
import type { FrameRate } from '#shared/project/time';
import { compositingVersion, editRecipeSchema, type EditRecipe } from '#shared/recipe';
import type { Size } from '#shared/units';
import type { EditContent } from './edit-content';

export interface Exported {
  readonly size: Size;
  readonly frameRate: FrameRate;
}

/** @param sluice the version of this program */
export function makeEditRecipe(content: EditContent, { size, frameRate }: Exported, sluice: string): EditRecipe {
  const project = projectJson(content.project);
  return editRecipeSchema.parse({
    format: 'sluice-edit-recipe',
    schemaVersion: 1,
    madeBy: { sluice },
    compositing: compositingVersion,
    // Where somebody's files lie is not for everybody who gets the film.
    project: { ...project, media: project.media.map((media) => ({ ...media, pathHint: '' })) },
    range: content.range,
    ...{ size, frameRate },
    takes: content.takes.map(({ takeId, wanted, stage, artifact, recipe }) => ({
      ...{ takeId, stage, framesSha256: artifact.metadata.framesSha256 },
      ...(wanted !== undefined && { wanted }),
      ...(recipe && { recipe }),
    })),
  });
}
