/** Texts that cross the studio's channel, each with the longest that is accepted. */
import { z } from 'zod';
import { errorCodes } from '../errors';

/** Longest path that any of the three systems takes. */
const longestPath = 4096;

/** A path on the machine that main runs on, absolute, in that system's own form. */
export const pathSchema = z
  .string()
  .min(1)
  .max(longestPath)
  .refine((path) => !path.includes('\0'), 'a path must not contain a null character');

/** What went wrong, for people, with the code that programs decide on. */
export const problemSchema = z.strictObject({ code: z.enum(errorCodes), message: z.string().max(20_000) });
export type Problem = z.infer<typeof problemSchema>;

/** A request that carries nothing, or an answer that says no more than that it is done. */
export const nothingSchema = z.strictObject({});
