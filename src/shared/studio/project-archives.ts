/** A project as one file: what would go into it, writing it, and opening it elsewhere. */
import { z } from 'zod';
import { exportRequestSchema } from './exports';
import { folderRequestSchema } from './projects';
import { pathSchema } from './text';

/**
 * Which of the finished stages go along. `shown`: of each clip the one that plays. `all`: of every take each that is kept. What a person
 * brought always does, since it cannot be made again.
 */
const archivedStagesSchema = z.enum(['shown', 'all']);
export type ArchivedStages = z.infer<typeof archivedStagesSchema>;

const filesSchema = z.strictObject({ files: z.int().nonnegative(), bytes: z.number().nonnegative() });
/** Before compression, of which there is little. */
export const archiveFactsSchema = z.strictObject({
  media: filesSchema,
  /** Media whose files are lost: they cannot go along. */
  missingMedia: z.int().nonnegative(),
  shown: filesSchema,
  all: filesSchema,
});
export type ArchiveFacts = z.infer<typeof archiveFactsSchema>;

export const projectArchiveRequests = {
  archiveFacts: { request: folderRequestSchema, response: archiveFactsSchema },
  /** Written among the exports: followed and cancelled as they are. Throws `output-exists`. */
  startArchive: {
    request: z.strictObject({ folder: pathSchema, file: pathSchema, stages: archivedStagesSchema.default('all') }),
    response: exportRequestSchema,
  },
};

export const importArchiveEventSchema = z.discriminatedUnion('kind', [
  /** Bytes of its files that were read, `done` of `of`. */
  z.strictObject({ kind: z.literal('progress'), done: z.number().nonnegative(), of: z.number().nonnegative() }),
  /** Ends with the folder of the project that was in it. */
  z.strictObject({ kind: z.literal('imported'), folder: pathSchema }),
]);
export type ImportArchiveEvent = z.infer<typeof importArchiveEventSchema>;

export const projectArchiveStreams = {
  /** Who stops listening before the end cancels it: then there is no such project. */
  importArchive: {
    request: z.strictObject({ file: pathSchema, parent: pathSchema.optional() }),
    event: importArchiveEventSchema,
  },
};
