/** Which frames of its source a clip shows. The same arithmetic serves viewer, export, waveforms and edits. */
import type { Clip, ClipSource } from './clip';
import type { Project } from './project';
import { paceOf, sourceFramesAfter, timelineFramesWithin, type FrameRate, type Pace } from './time';

/** What limits a clip: how many frames there are (absent: a still, without end) and how many pass in a second. */
export interface SourceGrid {
  readonly frames: number | undefined;
  readonly frameRate: FrameRate;
}

/** Undefined where the project does not hold the source. */
export function sourceGrid(project: Project, source: ClipSource): SourceGrid | undefined {
  if (source.kind === 'shot') return project.shots.get(source.shotId);
  const media = project.media.get(source.mediaId);
  if (media?.kind === 'image') return { frames: undefined, frameRate: project.frameRate };
  return media;
}

/** Source frames per timeline frame. A still, and a source that is not there, pass at the project's own rate. */
export function clipPace(project: Project, clip: Pick<Clip, 'source' | 'speed'>): Pace {
  const grid = sourceGrid(project, clip.source);
  return paceOf(grid?.frameRate ?? project.frameRate, project.frameRate, clip.speed);
}

/** The source frame under `frame` of the timeline; 0 for a still. */
export function sourceFrameAt(project: Project, clip: Clip, frame: number): number {
  const grid = sourceGrid(project, clip.source);
  if (grid !== undefined && grid.frames === undefined) return 0;
  return clip.inFrame + sourceFramesAfter(frame - clip.startFrame, clipPace(project, clip));
}

/** The source frames that a clip shows: from `inFrame` up to, not including, `outFrame`. */
export function sourceRange(project: Project, clip: Clip): { readonly inFrame: number; readonly outFrame: number } {
  return {
    inFrame: sourceFrameAt(project, clip, clip.startFrame),
    outFrame: sourceFrameAt(project, clip, clip.startFrame + clip.lengthFrames - 1) + 1,
  };
}

/** The longest that a clip may be, in timeline frames, from its in point on; Infinity for a still. */
export function longestLength(project: Project, clip: Pick<Clip, 'source' | 'speed' | 'inFrame'>): number {
  const frames = sourceGrid(project, clip.source)?.frames;
  return frames === undefined ? Infinity : timelineFramesWithin(frames - clip.inFrame, clipPace(project, clip));
}
