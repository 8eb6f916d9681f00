/** Which frame of a shot is looked at: the one that the playhead shows of it, so that every view of the shot moves together. Pure. */
import { endFrame, type Clip } from '#shared/project/clip';
import type { Project } from '#shared/project/project';
import type { ProjectShot } from '#shared/project/project-shot';
import { sourceFrameAt } from '#shared/project/source';

/** Frame of the shot's final clip. Outside of `clip` its nearest frame; without a clip the first. */
export function momentOf(
  project: Project,
  clip: Clip | undefined,
  playhead: number,
  { frames }: Pick<ProjectShot, 'frames'>,
): number {
  if (clip === undefined) return 0;
  const within = Math.min(endFrame(clip) - 1, Math.max(clip.startFrame, Math.floor(playhead)));
  return Math.min(frames - 1, sourceFrameAt(project, clip, within));
}

/** Times its normal speed that the shot is played in `clip`; 0: it stands still there, or something else is played. */
export function playedRateOf(
  clip: Clip | undefined,
  { playhead, rate }: { readonly playhead: number; readonly rate: number },
): number {
  if (clip === undefined || playhead < clip.startFrame || playhead >= endFrame(clip)) return 0;
  return rate * (clip.speed.num / clip.speed.den);
}

/** Where the playhead plays: undefined while it stands still, or plays something else. */
export function playedMomentOf(
  project: Project,
  clip: Clip,
  { frames }: Pick<ProjectShot, 'frames'>,
  at: { readonly playhead: number; readonly rate: number },
): { readonly frame: number; readonly frames: number } | undefined {
  if (playedRateOf(clip, at) === 0) return undefined;
  return { frame: momentOf(project, clip, at.playhead, { frames }), frames };
}
