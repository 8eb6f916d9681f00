/** Cutting clips in two. */
import type { Change } from '../change';
import { endFrame } from '../clip';
import type { ClipId } from '../ids';
import { clipsOfTrack } from '../order';
import type { Project } from '../project';
import { changeClips, clipOf, refused } from './change-clips';
import { withEndMoved, withStartMoved } from './clip-shape';

export interface Split {
  /** First frame of the right halves. */
  readonly atFrame: number;
  readonly clips: readonly { readonly clipId: ClipId; readonly rightId: ClipId }[];
}

/** Both halves show what the whole showed. Throws `invalid-argument` outside a clip, and inside one of its dissolves. */
export function split(project: Project, { atFrame, clips }: Split): Change {
  const put = clips.flatMap(({ clipId, rightId }) => halves(project, clipId, rightId, atFrame));
  const heirs = new Map(clips.map(({ clipId, rightId }) => [clipId, rightId]));
  return changeClips(project, 'split', { put, heirs });
}

function halves(project: Project, clipId: ClipId, rightId: ClipId, atFrame: number) {
  const clip = clipOf(project, clipId);
  if (project.clips.has(rightId)) throw refused(`There is a clip ${rightId} already: the right half needs a new id.`);
  const dissolvesOut = clipsOfTrack(project, clip.trackId).find(
    (next) => next.startFrame > clip.startFrame && next.startFrame < endFrame(clip),
  );
  const from = clip.startFrame + clip.dissolveInFrames + 1;
  const to = (dissolvesOut?.startFrame ?? endFrame(clip)) - 1;
  if (atFrame < from || atFrame > to)
    throw refused(
      `Clip ${clipId} cannot be split at frame ${atFrame}: choose a frame inside it and outside its dissolves, ${from} to ${to}.`,
    );
  const left = { ...withEndMoved(clip, atFrame - endFrame(clip)), fadeOutFrames: 0 };
  const right = {
    ...withStartMoved(project, clip, atFrame - clip.startFrame),
    id: rightId,
    dissolveInFrames: 0,
    fadeInFrames: 0,
  };
  return [left, right];
}
