/** Where the edit ends, and its cuts. */
import { endFrame } from '#shared/project/clip';
import { trackOrders } from '#shared/project/order';
import type { Project } from '#shared/project/project';

/** First frame after the last clip; 0 for an empty project. */
export function lengthFrames(project: Pick<Project, 'clips'>): number {
  return Math.max(
    0,
    ...[...trackOrders(project.clips).values()].map((clips) => Math.max(0, ...clips.slice(-1).map(endFrame))),
  );
}

/** The nearest start or end of a clip after `frame` (`direction` 1) or before it (−1); where there is none, the end or 0. */
export function nextCut(project: Project, frame: number, direction: 1 | -1): number {
  let best: number | undefined;
  for (const clip of project.clips.values())
    for (const cut of [clip.startFrame, endFrame(clip)]) {
      const isAhead = direction === 1 ? cut > frame : cut < frame;
      if (isAhead && (best === undefined || Math.abs(cut - frame) < Math.abs(best - frame))) best = cut;
    }
  return best ?? (direction === 1 ? lengthFrames(project) : 0);
}
