/** A clip with another edge or another part of its source: what trims, splits, rolls and slips share. They do not look at neighbours. */
import type { Clip } from '../clip';
import type { Project } from '../project';
import { clipPace, sourceGrid } from '../source';
import { sourceFramesAfter } from '../time';
import { refused } from './change-clips';

/**
 * Starts `byFrames` later (negative: earlier); the frames that stay keep their place in time. Throws `invalid-argument` when
 * nothing would be left, or when the source has no frames there.
 */
export function withStartMoved(project: Project, clip: Clip, byFrames: number): Clip {
  const lengthFrames = clip.lengthFrames - byFrames;
  refuseEmpty(clip, lengthFrames);
  const inFrame = inFrameAt(project, clip, byFrames, lengthFrames);
  if (inFrame < 0)
    throw refused(
      `Clip ${clip.id} cannot start ${-byFrames} frames earlier: its source has only ${clip.inFrame} frames before its in point.`,
    );
  return { ...clip, startFrame: clip.startFrame + byFrames, lengthFrames, inFrame };
}

/** Negative where the source does not reach. At a broken pace the frames that stay may shift by one, so that the last one exists. */
function inFrameAt(project: Project, clip: Clip, byFrames: number, lengthFrames: number): number {
  const frames = sourceGrid(project, clip.source)?.frames;
  if (frames === undefined) return 0;
  const pace = clipPace(project, clip);
  if (byFrames >= 0) return clip.inFrame + sourceFramesAfter(byFrames, pace);
  return Math.min(
    clip.inFrame - sourceFramesAfter(-byFrames, pace),
    frames - 1 - sourceFramesAfter(lengthFrames - 1, pace),
  );
}

/** Ends `byFrames` later (negative: earlier). */
export function withEndMoved(clip: Clip, byFrames: number): Clip {
  refuseEmpty(clip, clip.lengthFrames + byFrames);
  return { ...clip, lengthFrames: clip.lengthFrames + byFrames };
}

/** The same length from another source frame. */
export function slipped(clip: Clip, bySourceFrames: number): Clip {
  const inFrame = clip.inFrame + bySourceFrames;
  if (inFrame < 0)
    throw refused(`Clip ${clip.id} cannot slip by ${bySourceFrames}: its in point is source frame ${clip.inFrame}.`);
  return { ...clip, inFrame };
}

export function shifted(clip: Clip, byFrames: number): Clip {
  return { ...clip, startFrame: clip.startFrame + byFrames };
}

function refuseEmpty(clip: Clip, lengthFrames: number): void {
  if (lengthFrames < 1)
    throw refused(`Clip ${clip.id} would have ${lengthFrames} frames: leave at least one, or remove the clip.`);
}
