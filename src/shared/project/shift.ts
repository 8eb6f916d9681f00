/**
 * The patch that moves clips: runs of neighbours start earlier or later, all runs at once. A ripple over thousands of clips is
 * one such patch of a few words, and so is its way back (docs/decisions/0008-ripples.md).
 */
import { z } from 'zod';
import { clipIdSchema } from './ids';
import { isFrame, longestProjectFrames } from './time';
import { unfit } from './unfit';

/** More are told one by one: each clip is compared with each run. */
export const mostRuns = 256;

/** All clips of one track that start where `first` does, where `last` does, or between them. */
const runSchema = z.strictObject({
  first: clipIdSchema,
  last: clipIdSchema,
  /** Later, or earlier where negative. */
  byFrames: z.int().min(-longestProjectFrames).max(longestProjectFrames),
});
export type Run = z.infer<typeof runSchema>;

export const shiftSchema = z.strictObject({
  op: z.literal('shift'),
  path: z.tuple([z.literal('clips')]),
  value: z.array(runSchema).min(1).max(mostRuns),
});

/** What a shift needs to know of a clip. */
interface Placed {
  readonly id: string;
  readonly trackId: string;
  readonly startFrame: number;
}

/**
 * The clips of the runs where they are after the shift. Throws `invalid-argument` where a run's ends are gone or have changed
 * places, and where it would leave the timeline.
 */
export function shiftedClips<Clip extends Placed>(
  clips: ReadonlyMap<string, Clip>,
  runs: readonly Run[],
): readonly Clip[] {
  const stretches = runs.map((run) => stretchOf(clips, run));
  const shifted: Clip[] = [];
  for (const clip of clips.values()) {
    const { trackId, startFrame } = clip;
    const stretch = stretches.find((one) => one.trackId === trackId && one.from <= startFrame && startFrame <= one.to);
    if (stretch !== undefined) shifted.push({ ...clip, startFrame: startFrame + stretch.byFrames });
  }
  return shifted;
}

function stretchOf(clips: ReadonlyMap<string, Placed>, { first, last, byFrames }: Run) {
  const [start, end] = [clips.get(first), clips.get(last)];
  if (start === undefined || end === undefined)
    throw unfit(`There is no ${start === undefined ? first : last} any more: it was removed meanwhile.`);
  const { trackId, startFrame: from } = start;
  const to = end.startFrame;
  if (end.trackId !== trackId || to < from)
    throw unfit(`The clips from ${first} to ${last} cannot be shifted: they do not follow one another any more.`);
  for (const frame of [from + byFrames, to + byFrames])
    if (!isFrame(frame))
      throw unfit(
        `The clips from ${first} to ${last} cannot be shifted by ${byFrames} frames: one would start at frame ${frame}, outside 0 to ${longestProjectFrames}.`,
      );
  return { trackId, from, to, byFrames };
}
