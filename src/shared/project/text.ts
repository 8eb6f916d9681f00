/** Names that people give: shown as text, filed nowhere. */
import { z } from 'zod';

/** Characters. */
export const longestName = 200;

export const nameSchema = z
  .string()
  .trim()
  .min(1, 'a name must not be empty')
  .max(longestName, `a name may have at most ${longestName} characters`)
  .refine((text) => !/\p{Cc}/v.test(text), 'control characters are not allowed');
