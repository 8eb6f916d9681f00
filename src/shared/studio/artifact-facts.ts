/** A clip that is kept: enough to play it by the URLs of `media-url.ts`. */
import { z } from 'zod';
import { sha256Schema } from '../units';

export const artifactFactsSchema = z.strictObject({
  key: sha256Schema,
  frames: z.int().positive(),
  height: z.int().positive(),
  width: z.int().positive(),
  fps: z.number().positive(),
  /** Of the raw RGB of all frames. */
  framesSha256: sha256Schema,
  sizeBytes: z.number().nonnegative(),
});
export type ArtifactFacts = z.infer<typeof artifactFactsSchema>;
