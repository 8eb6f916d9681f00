/** A shot: everything a person decides about one generated clip. Parsed wherever it enters: command line, project, recipe, channel. */
import { z } from 'zod';
import { stageIdSchema } from './pack-manifest';
import { stageOverridesSchema } from './stage-parameters';
import { sha256Schema } from './units';

export const longestPrompt = 2000;

const promptTextSchema = z
  .string()
  .trim()
  .max(longestPrompt, `a prompt may have at most ${longestPrompt} characters`)
  .refine((text) => !/[\p{Cc}--[\t\n\r]]/v.test(text), 'control characters are not allowed');
const promptSchema = promptTextSchema.min(1, 'a prompt must not be empty');

/** One part of a clip: from `fromSec` (0 for the first part) until the next part begins. */
export const promptPartSchema = z.strictObject({ fromSec: z.number().nonnegative(), prompt: promptSchema });

/** Where a frame, or a whole clip, that the user brings is kept: content-addressed in the artifact store. */
export const importedFramesSchema = z.strictObject({
  /** Address in the artifact store: hash of the pictures and their shape, however they are stored. */
  sha256: sha256Schema,
  frames: z.int().positive(),
  height: z.int().positive(),
  width: z.int().positive(),
});
export type ImportedFrames = z.infer<typeof importedFramesSchema>;

/** Pictures that the clip must contain. `atFrame` counts frames of the final clip; negative from its end (−1 is the last). */
export const givenFramesSchema = z.strictObject({ source: importedFramesSchema, atFrame: z.int() });
export type GivenFrames = z.infer<typeof givenFramesSchema>;

/** Largest seed: doubles hold integers exactly up to 2^53 − 1. */
export const seedSchema = z.int().nonnegative();

export const shotSchema = z.strictObject({
  /** Parts in time order, the first at 0 s. A plain prompt is one part. */
  prompts: z
    .array(promptPartSchema)
    .min(1)
    .max(16)
    .refine((parts) => parts[0]?.fromSec === 0, 'the first part must start at 0 s')
    .refine(
      (parts) => parts.every((part, i) => i === 0 || part.fromSec > (parts[i - 1]?.fromSec ?? 0)),
      'parts must follow one another in time',
    ),
  negativePrompt: promptTextSchema.default(''),
  seed: seedSchema,
  stages: z.record(stageIdSchema, stageOverridesSchema).default({}),
  given: z.array(givenFramesSchema).max(64).default([]),
  /** Replaces the output of `stage`: that stage and those before it are not run. */
  startFrom: z.strictObject({ stage: stageIdSchema, source: importedFramesSchema }).optional(),
  /** Last stage to run; absent: the pack's last. */
  stopAt: stageIdSchema.optional(),
});
export type Shot = z.infer<typeof shotSchema>;

/** The shot of a plain prompt, as a starting point. Throws what `shotSchema` throws. */
export function plainShot(prompt: string, seed: number): Shot {
  return shotSchema.parse({ prompts: [{ fromSec: 0, prompt }], seed });
}
