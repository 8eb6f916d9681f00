/** What kept clips take on the disk, and what of it nothing needs. */
import { z } from 'zod';
import { nothingSchema } from './text';

export const storageFactsSchema = z.strictObject({
  /** Of all kept clips. */
  usedBytes: z.number().nonnegative(),
  clips: z.int().nonnegative(),
  /** Of those that no project and no running job needs. */
  unusedBytes: z.number().nonnegative(),
  unusedClips: z.int().nonnegative(),
  /** What clips may take before unused ones go by themselves. */
  limitBytes: z.number().nonnegative(),
});
export type StorageFacts = z.infer<typeof storageFactsSchema>;

export const storageRequests = {
  storage: { request: nothingSchema, response: storageFactsSchema },
  /** Removes every clip that nothing needs; answers with what is left. */
  clearUnused: { request: nothingSchema, response: storageFactsSchema },
};
