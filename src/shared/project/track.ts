/** A track: a lane of clips that follow one another. How high it is drawn is view state and not kept here. */
import { z } from 'zod';
import { trackIdSchema } from './ids';
import { nameSchema } from './text';

export const trackKindSchema = z.enum(['video', 'audio']);
export type TrackKind = z.infer<typeof trackKindSchema>;

export const trackSchema = z.strictObject({
  id: trackIdSchema,
  kind: trackKindSchema,
  name: nameSchema,
  /** Neither seen nor heard. */
  muted: z.boolean(),
  /** Clips on it cannot be changed. */
  locked: z.boolean(),
});
export type Track = z.infer<typeof trackSchema>;
