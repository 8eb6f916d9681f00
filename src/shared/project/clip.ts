/**
 * A clip: a stretch of a track that shows a stretch of a source.
 *
 * Place and length are whole timeline frames and are what is stored; the source frame under a timeline frame follows from them
 * (`source.ts`). So splitting and trimming are exact at any speed, and nothing can disagree.
 */
import { z } from 'zod';
import { stageIdSchema } from '../pack-manifest';
import { clipIdSchema, mediaIdSchema, shotIdSchema, takeIdSchema, trackIdSchema } from './ids';
import { frameSchema, lengthSchema, speedSchema } from './time';

export const clipSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('shot'),
    shotId: shotIdSchema,
    takeId: takeIdSchema,
    /** The stage to show; absent: the highest that was made. */
    stage: stageIdSchema.optional(),
  }),
  z.strictObject({ kind: z.literal('media'), mediaId: mediaIdSchema }),
]);
export type ClipSource = z.infer<typeof clipSourceSchema>;

const stretchSchema = z
  .int()
  .min(0)
  .max(lengthSchema.maxValue ?? Infinity);

export const clipSchema = z.strictObject({
  id: clipIdSchema,
  trackId: trackIdSchema,
  startFrame: frameSchema,
  lengthFrames: lengthSchema,
  /** First source frame shown, on the source's own grid: the shot's final clip, the media's frames, or samples of sound. */
  inFrame: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  speed: speedSchema,
  opacity: z.number().min(0).max(1),
  /** Linear gain of its sound, 1 as it is. */
  volume: z.number().min(0).max(4),
  /** From nothing (black, transparent, silent) over this many frames. */
  fadeInFrames: stretchSchema,
  fadeOutFrames: stretchSchema,
  /** Frames over which it dissolves from the clip before it. They overlap by exactly as many; 0: they do not overlap. */
  dissolveInFrames: stretchSchema,
  source: clipSourceSchema,
});
export type Clip = z.infer<typeof clipSchema>;

/** First frame after the clip. */
export function endFrame(clip: Pick<Clip, 'startFrame' | 'lengthFrames'>): number {
  return clip.startFrame + clip.lengthFrames;
}

/** Whether two states of a clip differ in where they start, at most. */
export function onlyMoved(was: Readonly<Record<string, unknown>>, is: Readonly<Record<string, unknown>>): boolean {
  for (const field in is) if (field !== 'startFrame' && is[field] !== was[field]) return false;
  return true;
}
