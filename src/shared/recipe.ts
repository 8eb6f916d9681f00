/** What made a clip, written into every exported file and beside it: enough to make it again and to say how close that came. */
import { z } from 'zod';
import { stageIdSchema } from './pack-manifest';
import { shotSchema } from './shot';
import { stageParametersSchema } from './stage-parameters';
import { sha256Schema } from './units';

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
