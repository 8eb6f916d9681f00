/** Looking through main's folders, for the door whose window cannot show a file dialog of its own. Names only, never contents. */
import { z } from 'zod';
import { pathSchema } from './text';

/** Absent: the user's own folder. */
export const browseSchema = z.strictObject({ folder: pathSchema.optional() });

export const mostFolderEntries = 5000;

export const folderListSchema = z.strictObject({
  folder: pathSchema,
  /** Absent at the top. */
  parent: pathSchema.optional(),
  /** By name; hidden ones are left out. `project` is a folder that holds one. */
  entries: z
    .array(
      z.strictObject({
        name: z.string().max(1024),
        path: pathSchema,
        kind: z.enum(['folder', 'project', 'file']),
        sizeBytes: z.number().nonnegative(),
      }),
    )
    .max(mostFolderEntries),
  isCutShort: z.boolean(),
});
export type FolderList = z.infer<typeof folderListSchema>;
