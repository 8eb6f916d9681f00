/** The id of a job in the queue. Path-safe. */
import { z } from 'zod';

export const jobIdSchema = z
  .string()
  .regex(/^[0-9a-f-]{36}$/, 'expected a UUID')
  .brand<'JobId'>();
export type JobId = z.infer<typeof jobIdSchema>;
