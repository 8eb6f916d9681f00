/** Names that people give: shown as text, filed nowhere. */
import { z } from 'zod';

export const nameSchema = z
  .string()
  .trim()
  .min(1, 'a name must not be empty')
  .max(200, 'a name may have at most 200 characters')
  .refine((text) => !/\p{Cc}/v.test(text), 'control characters are not allowed');
