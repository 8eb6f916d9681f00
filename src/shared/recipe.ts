/** What made a clip, or an edit of several, written into every exported file and beside it: enough to make it again and to say how close that came. */
import { z } from 'zod';
import { stageIdSchema } from './pack-manifest';
import { takeIdSchema } from './project/ids';
import { projectJson, projectSchema, rangeSchema } from './project/project';
import { frameRateSchema } from './project/time';
import { shotSchema } from './shot';
import { stageParametersSchema } from './stage-parameters';
import { sha256Schema, sizeSchema } from './units';

export const recipeSchema = z.strictObject({
  format: z.literal('sluice-recipe'),
  schemaVersion: z.literal(1),
  madeBy: z.strictObject({ sluice: z.string(), onnxruntime: z.string(), provider: z.string() }),
  pack: z.strictObject({ name: z.string(), version: z.string(), hash: sha256Schema }),
  shot: shotSchema,
  /** The stages that ran or were reused, in order, with every parameter as it was and the hash of the frames they gave. */
  stages: z.array(
    z.strictObject({
      id: stageIdSchema,
      parameters: stageParametersSchema,
      seed: z.int().nonnegative(),
      key: sha256Schema,
      framesSha256: sha256Schema,
      provider: z.string(),
    }),
  ),
});
export type Recipe = z.infer<typeof recipeSchema>;

/** By which rules frames are composed (docs/decisions/0007-compositing.md): with the same rules, the same inputs give the same bytes. */
export const compositingVersion = 1;

export const editRecipeSchema = z.strictObject({
  format: z.literal('sluice-edit-recipe'),
  schemaVersion: z.literal(1),
  madeBy: z.strictObject({ sluice: z.string() }),
  compositing: z.literal(compositingVersion),
  /** As it is written, with what the exported range shows and no more. */
  project: projectSchema.transform(projectJson),
  range: rangeSchema,
  /** Of the exported pictures. */
  size: sizeSchema,
  frameRate: frameRateSchema,
  /** What was shown of each take; one that showed nothing is not listed. */
  takes: z.array(
    z.strictObject({
      takeId: takeIdSchema,
      /** As its clips ask for it; absent: the one that was the best. */
      wanted: stageIdSchema.optional(),
      stage: stageIdSchema,
      framesSha256: sha256Schema,
      /** Absent: what made these frames was no longer known. */
      recipe: recipeSchema.optional(),
    }),
  ),
});
export type EditRecipe = z.infer<typeof editRecipeSchema>;

export const anyRecipeSchema = z.discriminatedUnion('format', [recipeSchema, editRecipeSchema]);
export type AnyRecipe = z.infer<typeof anyRecipeSchema>;
