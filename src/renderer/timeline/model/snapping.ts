/** Moments that edges cling to while something is dragged: cuts, markers, the playhead, in and out points, the start. */
import { endFrame } from '#shared/project/clip';
import type { ClipId } from '#shared/project/ids';
import type { Project } from '#shared/project/project';

/** Pixels within which an edge clings. */
export const snapPixels = 8;

export interface Snap {
  /** To add to the edges. */
  readonly byFrames: number;
  /** The moment that one of them clings to. */
  readonly atFrame: number;
}

/** Sorted, each once. The edges of `moving` are not among them: nothing clings to itself. */
export function snapTargets(project: Project, playhead: number, moving: ReadonlySet<ClipId>): readonly number[] {
  const moments = new Set([0, playhead]);
  for (const clip of project.clips.values()) {
    if (moving.has(clip.id)) continue;
    moments.add(clip.startFrame).add(endFrame(clip));
  }
  for (const marker of project.markers.values()) moments.add(marker.frame);
  if (project.range !== undefined) moments.add(project.range.inFrame).add(project.range.outFrame);
  return [...moments].sort((a, b) => a - b);
}

/** The smallest shift that brings one of `edges` onto a target at most `reach` frames away. */
export function snapOf(edges: readonly number[], targets: readonly number[], reach: number): Snap | undefined {
  let best: Snap | undefined;
  for (const edge of edges) {
    const target = nearest(targets, edge);
    if (target === undefined || Math.abs(target - edge) > reach) continue;
    if (best === undefined || Math.abs(target - edge) < Math.abs(best.byFrames))
      best = { byFrames: target - edge, atFrame: target };
  }
  return best;
}

function nearest(targets: readonly number[], frame: number): number | undefined {
  let low = 0;
  let high = targets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((targets[middle] ?? Infinity) < frame) low = middle + 1;
    else high = middle;
  }
  const before = targets[low - 1];
  const after = targets[low];
  if (before === undefined) return after;
  return after === undefined || frame - before <= after - frame ? before : after;
}
