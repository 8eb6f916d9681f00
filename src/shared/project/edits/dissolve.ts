/** Cross-dissolves: two neighbours that overlap. The frames for the overlap come from outside their cut, or from the timeline. */
import { inOneStep, type Change } from '../change';
import { endFrame, type Clip } from '../clip';
import type { ClipId } from '../ids';
import { clipsOfTrack } from '../order';
import type { Project } from '../project';
import { changeClips, clipOf, refused } from './change-clips';
import { shifted, withEndMoved, withStartMoved } from './clip-shape';
import { followers } from './trim';

export interface Dissolve {
  /** The clip to dissolve into; the one before must touch it. */
  readonly clipId: ClipId;
  /** 0 removes the dissolve. */
  readonly frames: number;
  /**
   * `handles`: both clips show frames beyond their cut, half each, and nothing else moves. `ripple`: both keep the frames they
   * show, and this clip and all behind it move.
   */
  readonly by: 'handles' | 'ripple';
}

/** Replaces the dissolve before a clip. Throws `invalid-argument` where the sources or the clips are too short for it. */
export function setDissolve(project: Project, { clipId, frames, by }: Dissolve): Change {
  const clip = clipOf(project, clipId);
  const order = clipsOfTrack(project, clip.trackId);
  const previous = order[order.findIndex(({ id }) => id === clipId) - 1];
  if (previous === undefined || endFrame(previous) < clip.startFrame)
    throw refused(`Clip ${clipId} has no neighbour to dissolve from: the clip before it must touch it.`);
  const more = frames - clip.dissolveInFrames;
  if (frames < 0) throw refused(`A dissolve cannot last ${frames} frames: give 0 to remove it.`);
  const shorter = previous.lengthFrames < clip.lengthFrames ? previous : clip;
  if (by === 'ripple' && frames >= shorter.lengthFrames)
    throw refused(`A dissolve of ${frames} frames is too long for ${shorter.id}, which has ${shorter.lengthFrames}.`);
  if (by === 'handles') return changeClips(project, 'dissolve', { put: byHandles(project, previous, clip, frames) });
  const put = [{ ...clip, dissolveInFrames: frames }, ...followers(project, clip)].map((next) => shifted(next, -more));
  return changeClips(project, 'dissolve', { put });
}

/** Removes the dissolves before these clips, each cut in its middle. */
export function removeDissolves(project: Project, { clipIds }: { readonly clipIds: readonly ClipId[] }): Change {
  const steps = clipIds.map((clipId) => (at: Project) => setDissolve(at, { clipId, frames: 0, by: 'handles' }));
  return inOneStep(project, 'dissolve', steps);
}

/** The cut lies in the middle of the dissolve; of an odd number of frames the one more comes before it. */
function byHandles(project: Project, previous: Clip, clip: Clip, frames: number): readonly Clip[] {
  const cut = clip.startFrame + Math.ceil(clip.dissolveInFrames / 2);
  const start = cut - Math.ceil(frames / 2);
  const end = cut + Math.floor(frames / 2);
  return [
    withEndMoved(previous, end - endFrame(previous)),
    { ...withStartMoved(project, clip, start - clip.startFrame), dissolveInFrames: frames },
  ];
}
