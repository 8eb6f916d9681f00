/** What is known of an artifact besides its frames: kept as JSON beside them, written last, so that its presence means "whole". */
import { z } from 'zod';
import { stageIdSchema } from '#shared/pack-manifest';
import { sha256Schema } from '#shared/units';

export const metadataFormat = 1;

const originSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('stage'),
    pack: z.strictObject({ name: z.string(), hash: sha256Schema }),
    stage: stageIdSchema,
    prompts: z.array(z.string()),
    seed: z.int().nonnegative(),
    provider: z.string(),
    /** Of computing, over all attempts that this process saw. */
    seconds: z.number().nonnegative(),
  }),
  z.strictObject({ kind: z.literal('imported') }),
]);
/** Where the frames came from. */
export type ArtifactOrigin = z.infer<typeof originSchema>;

export const artifactMetadataSchema = z.strictObject({
  format: z.literal(metadataFormat),
  key: sha256Schema,
  origin: originSchema,
  frames: z.int().positive(),
  height: z.int().positive(),
  width: z.int().positive(),
  fps: z.number().positive(),
  /** Of the frame file. */
  sizeBytes: z.int().positive(),
  /** Of the raw RGB of all frames. */
  framesSha256: sha256Schema,
  /** ISO 8601; for people, nothing is decided by it. */
  madeAt: z.string(),
});
export type ArtifactMetadata = z.infer<typeof artifactMetadataSchema>;
