/** Exports: they belong to main and go on when the renderer goes. */
import { z } from 'zod';
import { stageIdSchema } from '../pack-manifest';
import { takeIdSchema } from '../project/ids';
import { rangeSchema } from '../project/project';
import { sha256Schema } from '../units';
import { openIdSchema } from './projects';
import { pathSchema, problemSchema } from './text';

export const exportPresetsSchema = z.strictObject({
  presets: z
    .array(
      z.strictObject({
        id: z.string().max(40),
        title: z.string().max(200),
        /** A folder holds one picture for each frame. */
        target: z.enum(['file', 'folder']),
        /** Without the dot; '' for a folder. */
        extension: z.string().max(10),
        /** Whether this machine's ffmpeg has the encoder. */
        isUsable: z.boolean(),
      }),
    )
    .max(50),
});
export type ExportPresetFacts = z.infer<typeof exportPresetsSchema>['presets'][number];

/** What to export. */
const exportSourceSchema = z.discriminatedUnion('kind', [
  /** The frames of a stage of a take, with the recipe that made them. Absent: the highest that is there. */
  z.strictObject({
    kind: z.literal('take'),
    open: openIdSchema,
    takeId: takeIdSchema,
    stage: stageIdSchema.optional(),
  }),
  z.strictObject({ kind: z.literal('artifact'), key: sha256Schema }),
]);

export const startExportSchema = z.strictObject({
  source: exportSourceSchema,
  preset: z.string().max(40),
  file: pathSchema,
  /** Of the source's frames; absent: all. */
  range: rangeSchema.optional(),
  /** Replace what bears the name. */
  force: z.boolean().default(false),
});

export const exportIdSchema = z
  .string()
  .regex(/^export-[0-9a-f]{16}$/)
  .brand<'ExportId'>();
export type ExportId = z.infer<typeof exportIdSchema>;
export const exportRequestSchema = z.strictObject({ id: exportIdSchema });

const exportStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('running'), share: z.number().min(0).max(1) }),
  z.strictObject({ kind: z.literal('done') }),
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
        preset: z.string().max(40),
        state: exportStateSchema,
      }),
    )
    .max(200),
});
export type ExportFacts = z.infer<typeof exportListSchema>['exports'][number];
