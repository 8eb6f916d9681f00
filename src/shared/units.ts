/** Units that the compiler keeps apart. A brand costs nothing at run time. */
import { z } from 'zod';

/** Index of a frame, from 0, on the frame grid that the name says (a stage's, or the final clip's). */
export const frameIndexSchema = z.int().nonnegative().brand<'FrameIndex'>();
export type FrameIndex = z.infer<typeof frameIndexSchema>;

/** Natural-log signal-to-noise ratio λ = log(α²/σ²). */
export const logSnrSchema = z.number().min(-30).max(30).brand<'LogSnr'>();
export type LogSnr = z.infer<typeof logSnrSchema>;

/** Lower-case hexadecimal SHA-256. */
export const sha256Schema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hexadecimal digits')
  .brand<'Sha256'>();
export type Sha256 = z.infer<typeof sha256Schema>;

export const mebibyte = 1024 ** 2;

/** Height and width of a frame, in pixels. */
export const sizeSchema = z.strictObject({ height: z.int().positive(), width: z.int().positive() });
export type Size = z.infer<typeof sizeSchema>;
