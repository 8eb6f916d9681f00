/**
 * Frames that a person brings to a shot: pictures that its clip must contain, or a clip that stands for a stage's output. Main keeps them
 * and answers with their address; an edit then puts that into the shot. So an edit stays small, and a file may go afterwards.
 */
import { z } from 'zod';
import { stageIdSchema } from '../pack-manifest';
import { mediaIdSchema, takeIdSchema } from '../project/ids';
import { importedFramesSchema } from '../shot';
import { sha256Schema } from '../units';
import { openIdSchema } from './projects';
import { pathSchema } from './text';

/** On the source's own grid: of imported media, or of the final clip of a take, whichever stage of it there is. */
const fromFrameSchema = z.int().nonnegative();

const bringSourceSchema = z.discriminatedUnion('kind', [
  /** A picture, or a video from its beginning, on main's machine. */
  z.strictObject({ kind: z.literal('file'), path: pathSchema }),
  z.strictObject({ kind: z.literal('media'), mediaId: mediaIdSchema, fromFrame: fromFrameSchema }),
  z.strictObject({
    kind: z.literal('take'),
    takeId: takeIdSchema,
    /** Absent: the highest that is there. */
    stage: stageIdSchema.optional(),
    fromFrame: fromFrameSchema,
  }),
]);
export type BringSource = z.infer<typeof bringSourceSchema>;

const mostGivenFrames = 1000;

export const bringGivenSchema = z.strictObject({
  open: openIdSchema,
  /** Of the shot that they are for: they come in its final size and frame rate. */
  packHash: sha256Schema,
  source: bringSourceSchema,
  /** Of the final clip of that shot. */
  frames: z.int().min(1).max(mostGivenFrames),
});
export const bringStartSchema = z.strictObject({
  open: openIdSchema,
  packHash: sha256Schema,
  /** Whose output they stand for: they come in its size, length and frame rate. */
  stage: stageIdSchema,
  source: bringSourceSchema,
});
export const broughtSchema = importedFramesSchema;
