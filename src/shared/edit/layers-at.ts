/** What an edit shows at a frame: which clips, from the bottom up, which frame of each source, and how opaque. Pure; no pixels. */
import type { Clip } from '../project/clip';
import { endFrame } from '../project/clip';
import { clipsOfTrack } from '../project/order';
import type { Project } from '../project/project';
import { sourceFrameAt, sourceGrid } from '../project/source';
import { clipsBetween } from '../project/in-sight';

export interface Layer {
  readonly clip: Clip;
  /** On the source's own grid. */
  readonly sourceFrame: number;
  /** How many frames that grid has; 1 for a still. */
  readonly sourceFrames: number;
  /** 0 to 1, fades and dissolve included. */
  readonly opacity: number;
}

/** `frame` whole, of the project. Muted tracks and sound show nothing. */
export function layersAt(project: Project, frame: number): readonly Layer[] {
  return project.trackOrder.flatMap((id) => {
    const track = project.tracks.get(id);
    if (track === undefined || track.muted || track.kind !== 'video') return [];
    return clipsBetween(clipsOfTrack(project, id), frame, frame + 1).map((clip) => layerOf(project, clip, frame));
  });
}

function layerOf(project: Project, clip: Clip, frame: number): Layer {
  const grid = sourceGrid(project, clip.source);
  return {
    clip,
    sourceFrame: sourceFrameAt(project, clip, frame),
    sourceFrames: grid?.frames ?? 1,
    opacity: clip.opacity * fadeAt(clip, frame),
  };
}

/**
 * Linear, one step a frame, neither 0 nor 1 at its own ends: of n frames the k-th (from 0) shows (k + 1) / (n + 1). While two clips
 * dissolve, the later one fades in on top of the earlier one, which stays.
 */
function fadeAt(clip: Clip, frame: number): number {
  const after = frame - clip.startFrame;
  const before = endFrame(clip) - 1 - frame;
  const dissolve = share(after, clip.dissolveInFrames);
  return dissolve * share(after, clip.fadeInFrames) * share(before, clip.fadeOutFrames);
}

function share(passed: number, of: number): number {
  return passed >= of ? 1 : (passed + 1) / (of + 1);
}

/** The frame of a stage that shows what frame `frame` of the final clip shows. */
export function stageFrame(frame: number, finalFrames: number, stageFrames: number): number {
  return Math.min(stageFrames - 1, Math.max(0, Math.floor((frame * stageFrames) / Math.max(1, finalFrames))));
}
