/** What a user may set for one stage, and the complete set that a stage runs with and that its artifact is addressed by. */
import { z } from 'zod';
import { guidanceCurveSchema, samplerSchema, thresholdingSchema } from './guidance';
import { logSnrSchema } from './units';

export const stepsSchema = z.int().min(1).max(1000);

/** Everything that shapes a stage's output, apart from prompt, seed, input and the pack itself. */
export const stageParametersSchema = z.strictObject({
  steps: stepsSchema,
  sampler: samplerSchema,
  guidance: guidanceCurveSchema,
  thresholding: thresholdingSchema,
  /** λ of the noise added to the low-resolution input; absent for stages without one. */
  augmentationLogSnr: logSnrSchema.optional(),
});
export type StageParameters = z.infer<typeof stageParametersSchema>;

/** A user's changes to a stage's defaults. `seed` replaces the shot's seed for this stage. */
export const stageOverridesSchema = stageParametersSchema.partial().extend({ seed: z.int().nonnegative().optional() });
export type StageOverrides = z.infer<typeof stageOverridesSchema>;
