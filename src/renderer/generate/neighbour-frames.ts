/** Frames of what is on the timeline, as a source for the frames that a shot is given. Pure. */
import { layersAt } from '#shared/edit/layers-at';
import { endFrame, type Clip } from '#shared/project/clip';
import { clipsOfTrack } from '#shared/project/order';
import type { Project } from '#shared/project/project';
import { sourceRange } from '#shared/project/source';
import type { BringSource } from '#shared/studio/brought';

/** `frame`: on the grid of the clip's source. */
export function framesOf({ source }: Pick<Clip, 'source'>, frame: number): BringSource {
  const fromFrame = Math.max(0, frame);
  if (source.kind === 'media') return { kind: 'media', mediaId: source.mediaId, fromFrame };
  const { takeId, stage } = source;
  return { kind: 'take', takeId, fromFrame, ...(stage !== undefined && { stage }) };
}

/** The last `count` frames that a clip shows. */
export function endOf(project: Project, clip: Clip, count: number): BringSource {
  return framesOf(clip, sourceRange(project, clip).outFrame - count);
}

/** The first frames that it shows. */
export function beginningOf(project: Project, clip: Clip): BringSource {
  return framesOf(clip, sourceRange(project, clip).inFrame);
}

/** What the edit shows on top at `frame`; undefined where there is nothing. */
export function frameShown(project: Project, frame: number): BringSource | undefined {
  const layer = layersAt(project, frame).at(-1);
  return layer && framesOf(layer.clip, layer.sourceFrame);
}

export interface Neighbours {
  readonly before: Clip | undefined;
  readonly after: Clip | undefined;
}

export function neighboursOf(project: Project, clip: Clip): Neighbours {
  const clips = clipsOfTrack(project, clip.trackId);
  const at = clips.findIndex(({ id }) => id === clip.id);
  return { before: clips[at - 1], after: clips[at + 1] };
}

export interface Gap {
  readonly before: Clip;
  readonly after: Clip;
  /** Of the timeline. */
  readonly fromFrame: number;
  readonly toFrame: number;
}

/** The gap at `frame` between two clips of the highest track that has one there. */
export function gapAt(project: Project, frame: number): Gap | undefined {
  for (const trackId of project.trackOrder.toReversed()) {
    if (project.tracks.get(trackId)?.kind !== 'video') continue;
    const clips = clipsOfTrack(project, trackId);
    const next = clips.findIndex(({ startFrame }) => startFrame > frame);
    const [before, after] = [clips[next - 1], clips[next]];
    if (before === undefined || after === undefined || endFrame(before) > frame) continue;
    return { before, after, fromFrame: endFrame(before), toFrame: after.startFrame };
  }
  return undefined;
}
