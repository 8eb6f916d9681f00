/** Imported media, known by the hash of its bytes: the file may move, the project does not care. */
import { z } from 'zod';
import { sha256Schema, sizeSchema } from '../units';
import { mediaIdSchema } from './ids';
import { nameSchema } from './text';
import { frameRateSchema } from './time';

const common = {
  id: mediaIdSchema,
  name: nameSchema,
  /** SHA-256 of the file. */
  sha256: sha256Schema,
  /** Where it was last seen; a place to look first, never trusted. */
  pathHint: z.string().max(4096),
  /** Of the file: what has another size need not be read to know that it is another. */
  sizeBytes: z.int().positive().optional(),
};
const countSchema = z.int().positive();
/** Of a sample of a picture, where they are more than the 8 that every frame here has: the rest is lost. */
export const bitsSchema = z.int().min(9).max(32);
const picture = {
  size: sizeSchema,
  /** Absent: 8 or fewer, or nobody looked. */
  bits: bitsSchema.optional(),
};

export const mediaSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('video'),
    frames: countSchema,
    frameRate: frameRateSchema,
    ...picture,
    hasAudio: z.boolean(),
    /** High, as the file is tagged: it is shown tone-mapped. Absent: standard. */
    dynamicRange: z.enum(['pq', 'hlg']).optional(),
  }),
  /** A still: it lasts as long as its clip. */
  z.strictObject({ ...common, kind: z.literal('image'), ...picture }),
  /** Sound is counted in samples: `frames` of them, `frameRate` a second. */
  z.strictObject({ ...common, kind: z.literal('audio'), frames: countSchema, frameRate: frameRateSchema }),
]);
export type Media = z.infer<typeof mediaSchema>;
