/** What main asks of the thread that exports: one job, and how far it is. No pixels cross: the thread reads them and feeds ffmpeg itself. */
import { z } from 'zod';
import { stageIdSchema } from '#shared/pack-manifest';
import { mediaIdSchema, takeIdSchema } from '#shared/project/ids';
import { projectSchema, rangeSchema } from '#shared/project/project';
import { frameRateSchema } from '#shared/project/time';
import { anyRecipeSchema } from '#shared/recipe';
import { exportQualitySchema } from '#shared/studio/exports';
import { sizeSchema } from '#shared/units';

/** Where the frames of a take lie, for clips that show that take, and that stage of it or none in particular. */
const takeFramesSchema = z.strictObject({
  takeId: takeIdSchema,
  stage: stageIdSchema.optional(),
  framesPath: z.string(),
});

/** Where something of imported media lies. */
const mediaPathSchema = z.strictObject({ mediaId: mediaIdSchema, file: z.string() });

export const exportContentSchema = z.discriminatedUnion('kind', [
  /** A frame file. */
  z.strictObject({ kind: z.literal('clip'), framesPath: z.string() }),
  /** Clips whose take or media is not listed show nothing, and are not heard. */
  z.strictObject({
    kind: z.literal('edit'),
    project: projectSchema,
    takes: z.array(takeFramesSchema),
    /** The files that were imported. */
    media: z.array(mediaPathSchema),
    /** Their samples, as `make-sound.ts` writes them. */
    sounds: z.array(mediaPathSchema),
  }),
]);

export const exportJobSchema = z.strictObject({
  ffmpegPath: z.string(),
  content: exportContentSchema,
  /** Of the content's own frames. */
  range: rangeSchema,
  /** Absent: as the content is. */
  size: sizeSchema.optional(),
  frameRate: frameRateSchema.optional(),
  /** Id of a preset. */
  preset: z.string(),
  quality: exportQualitySchema,
  /** From `prepareOutput`. */
  target: z.strictObject({
    path: z.string(),
    recipePath: z.string(),
    folder: z.string(),
    kind: z.enum(['file', 'folder']),
    passingName: z.string(),
    force: z.boolean(),
  }),
  recipe: anyRecipeSchema.optional(),
});
export type ExportJob = z.input<typeof exportJobSchema>;

export const exportProgressSchema = z.strictObject({
  /** 0 to 1, as ffmpeg counts what it has encoded. */
  share: z.number().min(0).max(1),
  frames: z.int().nonnegative(),
  /** Written so far; absent where ffmpeg does not know. */
  sizeBytes: z.number().nonnegative().optional(),
});
export type ExportProgress = z.infer<typeof exportProgressSchema>;

export const exportContract = {
  requests: {},
  streams: {
    /** Ends when the file has its name. Aborted, it ends when nothing of it is left. */
    run: { request: exportJobSchema, event: exportProgressSchema, latestWins: (): string => 'newest' },
  },
};
