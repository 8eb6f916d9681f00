/** Edits that keep the length of the whole: roll the cut between two clips, slip a clip's source, slide a clip between its neighbours. */
import type { Change } from '../change';
import { endFrame, type Clip } from '../clip';
import type { ClipId } from '../ids';
import { clipsOfTrack } from '../order';
import type { Project } from '../project';
import { changeClips, clipOf, refused } from './change-clips';
import { shifted, slipped, withEndMoved, withStartMoved } from './clip-shape';

export interface Roll {
  /** The clip after the cut. */
  readonly clipId: ClipId;
  readonly byFrames: number;
}

/** Moves the cut before a clip: the one before gets longer, this one shorter, or the other way round. */
export function roll(project: Project, { clipId, byFrames }: Roll): Change {
  const clip = clipOf(project, clipId);
  const { previous } = neighbours(project, clip);
  if (previous === undefined || endFrame(previous) < clip.startFrame)
    throw refused(`There is no cut before clip ${clipId} to roll: the clip before it must touch it.`);
  return changeClips(project, 'roll', {
    put: [withEndMoved(previous, byFrames), withStartMoved(project, clip, byFrames)],
  });
}

export interface Slip {
  readonly clipId: ClipId;
  /** Later in the source, or earlier where negative. */
  readonly bySourceFrames: number;
}

/** Shows another part of the source at the same place. */
export function slip(project: Project, { clipId, bySourceFrames }: Slip): Change {
  return changeClips(project, 'slip', { put: [slipped(clipOf(project, clipId), bySourceFrames)] });
}

export interface Slide {
  readonly clipId: ClipId;
  readonly byFrames: number;
}

/** Moves a clip while the neighbours that touch it give way on one side and follow on the other. */
export function slide(project: Project, { clipId, byFrames }: Slide): Change {
  const clip = clipOf(project, clipId);
  const { previous, next } = neighbours(project, clip);
  const put = [shifted(clip, byFrames)];
  if (previous !== undefined && endFrame(previous) >= clip.startFrame) put.push(withEndMoved(previous, byFrames));
  else if (clip.startFrame + byFrames < 0)
    throw refused(`Clip ${clipId} cannot slide before the start of the timeline.`);
  if (next !== undefined && endFrame(clip) >= next.startFrame) put.push(withStartMoved(project, next, byFrames));
  return changeClips(project, 'slide', { put });
}

function neighbours(
  project: Project,
  clip: Clip,
): { readonly previous: Clip | undefined; readonly next: Clip | undefined } {
  const clips = clipsOfTrack(project, clip.trackId);
  const at = clips.findIndex(({ id }) => id === clip.id);
  return { previous: at === 0 ? undefined : clips[at - 1], next: clips[at + 1] };
}
