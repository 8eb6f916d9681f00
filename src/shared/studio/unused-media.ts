/** Files in a project's folder that it has no use for any more, and removing them. */
import { z } from 'zod';
import { folderRequestSchema } from './projects';
import { pathSchema } from './text';

const filesSchema = z.strictObject({ files: z.int().nonnegative(), bytes: z.number().nonnegative() });

export const unusedMediaSchema = z.strictObject({
  /** That nothing names. */
  unneeded: filesSchema,
  /** That only undo, or a dated copy of the project, could need again. */
  inHistory: filesSchema,
});
export type UnusedMedia = z.infer<typeof unusedMediaSchema>;

export const unusedMediaRequests = {
  unusedMedia: { request: folderRequestSchema, response: unusedMediaSchema },
  /**
   * Answers with what is gone. Throws `project-locked` where the project is open elsewhere, `queue-busy` while something is exported, which
   * may read them.
   */
  removeUnusedMedia: {
    request: z.strictObject({ folder: pathSchema, which: z.enum(['keep-history', 'all']) }),
    response: filesSchema,
  },
};
