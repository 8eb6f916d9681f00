/** Moving one edge of a clip: alone, or with what follows. */
import type { Change } from '../change';
import { endFrame, type Clip } from '../clip';
import type { ClipId } from '../ids';
import { clipsOfTrack } from '../order';
import type { Project } from '../project';
import { changeClips, clipOf, refused } from './change-clips';
import { shifted, withEndMoved, withStartMoved } from './clip-shape';

export interface Trim {
  readonly clipId: ClipId;
  readonly edge: 'start' | 'end';
  /** Where that edge goes: the first frame shown, or the first one not shown. */
  readonly toFrame: number;
}

/** Leaves or fills a gap. Throws `invalid-argument` beyond the source, over a neighbour, or when no frame would be left. */
export function trim(project: Project, { clipId, edge, toFrame }: Trim): Change {
  const clip = clipOf(project, clipId);
  if (toFrame < 0) throw refused(`Clip ${clipId} cannot be trimmed to frame ${toFrame}: the timeline starts at 0.`);
  const put =
    edge === 'start'
      ? withStartMoved(project, clip, toFrame - clip.startFrame)
      : withEndMoved(clip, toFrame - endFrame(clip));
  return changeClips(project, 'trim', { put: [put] });
}

/**
 * What follows on the track moves along, so gaps and dissolves behind the clip stay as they are. Trimmed at its start, the
 * clip stays where it begins and loses (or gains) frames there.
 */
export function rippleTrim(project: Project, { clipId, edge, toFrame }: Trim): Change {
  const clip = clipOf(project, clipId);
  const trimmed =
    edge === 'start'
      ? { ...withStartMoved(project, clip, toFrame - clip.startFrame), startFrame: clip.startFrame }
      : withEndMoved(clip, toFrame - endFrame(clip));
  const later = followers(project, clip).map((next) => shifted(next, trimmed.lengthFrames - clip.lengthFrames));
  return changeClips(project, 'ripple-trim', { put: [trimmed, ...later] });
}

/** The clips behind `clip` on its track. */
export function followers(project: Project, clip: Clip): readonly Clip[] {
  const clips = clipsOfTrack(project, clip.trackId);
  return clips.slice(clips.findIndex(({ id }) => id === clip.id) + 1);
}
