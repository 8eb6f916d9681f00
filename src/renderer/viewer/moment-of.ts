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

/** Where the playhead plays: undefined while it stands still, or plays something else. */
export function playedMomentOf(
  project: Project,
  clip: Clip,
  { frames }: Pick<ProjectShot, 'frames'>,
  { playhead, rate }: { readonly playhead: number; readonly rate: number },
): { readonly frame: number; readonly frames: number } | undefined {
  if (rate === 0 || playhead < clip.startFrame || playhead >= endFrame(clip)) return undefined;
  return { frame: momentOf(project, clip, playhead, { frames }), frames };
}
