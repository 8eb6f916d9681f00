/** Exports, and archives of projects: files whose writing belongs to main and goes on when the renderer goes. */
import { z } from 'zod';
import { stageIdSchema } from '../pack-manifest';
import { takeIdSchema } from '../project/ids';
import { rangeSchema } from '../project/project';
import { frameRateSchema } from '../project/time';
import { sha256Schema, sizeSchema } from '../units';
import { openIdSchema } from './projects';
import { pathSchema, problemSchema } from './text';

export const exportQualities = ['small', 'good', 'best'] as const;
export const exportQualitySchema = z.enum(exportQualities);
export type ExportQuality = z.infer<typeof exportQualitySchema>;

/** Longest side of an exported picture, in pixels. */
export const longestExportSide = 8192;

const presetIdSchema = z.string().max(40);

export const exportPresetsSchema = z.strictObject({
  presets: z
    .array(
      z.strictObject({
        id: presetIdSchema,
        title: z.string().max(200),
        /** A folder holds one picture for each frame. */
        target: z.enum(['file', 'folder']),
        /** Without the dot; '' for a folder. */
        extension: z.string().max(10),
        /** Whether this machine's ffmpeg has the encoder. */
        isUsable: z.boolean(),
        hasQuality: z.boolean(),
        hasSound: z.boolean(),
        /** Width and height come out as multiples of it. Pixels. */
        multipleOf: z.int().positive(),
        smallestSide: z.int().positive(),
      }),
    )
    .max(50),
});
export type ExportPresetFacts = z.infer<typeof exportPresetsSchema>['presets'][number];

/** What to export. */
export const exportSourceSchema = z.discriminatedUnion('kind', [
  /** What the edit shows, as it is when the export is started. */
  z.strictObject({ kind: z.literal('edit'), open: openIdSchema }),
  /** The frames of a stage of a take, with the recipe that made them. Absent: the one that the edit shows. */
  z.strictObject({
    kind: z.literal('take'),
    open: openIdSchema,
    takeId: takeIdSchema,
    stage: stageIdSchema.optional(),
  }),
  z.strictObject({ kind: z.literal('artifact'), key: sha256Schema }),
]);
export type ExportSource = z.infer<typeof exportSourceSchema>;

const exportShape = {
  source: exportSourceSchema,
  preset: presetIdSchema,
  quality: exportQualitySchema.default('good'),
  /** Of the source's own frames; absent: all. */
  range: rangeSchema.optional(),
  /** Absent: as the source is. Otherwise the picture is fitted into it, on black. */
  size: z
    .strictObject({
      height: sizeSchema.shape.height.max(longestExportSide),
      width: sizeSchema.shape.width.max(longestExportSide),
    })
    .optional(),
  /** Absent: as the source is. */
  frameRate: frameRateSchema.optional(),
};

export const startExportSchema = z.strictObject({
  ...exportShape,
  file: pathSchema,
  /** Replace what bears the name. */
  force: z.boolean().default(false),
});

/** What an export would be, before it is started. */
export const planExportSchema = z.strictObject(exportShape);
export const exportPlanSchema = z.strictObject({
  size: sizeSchema,
  frameRate: frameRateSchema,
  frames: z.int().nonnegative(),
  /** From what exports with this preset and quality took per pixel on this machine; absent: there was none yet. */
  sizeBytes: z.number().nonnegative().optional(),
  /** Of an edit: clips in the range that show nothing, and clips whose frames are stale. */
  emptyClips: z.int().nonnegative(),
  staleClips: z.int().nonnegative(),
  /** Something of it is heard. */
  hasSound: z.boolean(),
});
export type ExportPlan = z.infer<typeof exportPlanSchema>;

export const exportIdSchema = z
  .string()
  .regex(/^export-[0-9a-f]{16}$/)
  .brand<'ExportId'>();
export type ExportId = z.infer<typeof exportIdSchema>;
export const exportRequestSchema = z.strictObject({ id: exportIdSchema });

const exportStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({
    kind: z.literal('running'),
    share: z.number().min(0).max(1),
    /** So far, of `of`. */
    done: z.number().nonnegative(),
    of: z.number().nonnegative(),
    unit: z.enum(['frames', 'bytes']),
    /** From the speed so far; absent: nothing was measured yet. */
    remainingSec: z.number().nonnegative().optional(),
    sizeBytes: z.number().nonnegative().optional(),
  }),
  z.strictObject({ kind: z.literal('done'), seconds: z.number().nonnegative(), sizeBytes: z.number().nonnegative() }),
  z.strictObject({ kind: z.literal('failed'), problem: problemSchema }),
  z.strictObject({ kind: z.literal('cancelled') }),
]);

/** Of this run of the program, newest first. */
export const exportListSchema = z.strictObject({
  exports: z
    .array(
      z.strictObject({
        id: exportIdSchema,
        file: pathSchema,
        what: z.enum(['edit', 'archive']),
        state: exportStateSchema,
      }),
    )
    .max(200),
});
export type ExportFacts = z.infer<typeof exportListSchema>['exports'][number];
export type ExportState = ExportFacts['state'];
