/** A named moment of the timeline. */
import { z } from 'zod';
import { markerIdSchema } from './ids';
import { nameSchema } from './text';
import { frameSchema } from './time';

export const markerColours = ['grey', 'red', 'orange', 'yellow', 'green', 'blue', 'violet'] as const;

export const markerSchema = z.strictObject({
  id: markerIdSchema,
  frame: frameSchema,
  name: nameSchema,
  /** A name of the palette; what it looks like is the theme's affair. */
  colour: z.enum(markerColours),
});
export type Marker = z.infer<typeof markerSchema>;
