/**
 * Dissolves and fades after their clips have moved. A dissolve belongs to two neighbours: while they stay neighbours it is as long
 * as they overlap; once they are parted it is gone. A fade gives way to a dissolve, and gets shorter with its clip.
 */
import { endFrame, type Clip } from '../clip';
import type { ClipId } from '../ids';

/**
 * The clips of `after` that have to differ from how they were put. Both orders are of one track, sorted by start; `heirs` names
 * clips that stand in `after` where another one ended in `before`.
 */
export function settle(
  before: readonly Clip[],
  after: readonly Clip[],
  heirs: ReadonlyMap<ClipId, ClipId>,
): readonly Clip[] {
  const dissolving = after.some((clip) => clip.dissolveInFrames > 0);
  const neighbours = dissolving ? neighboursIn(before, heirs) : new Map<ClipId, ClipId | undefined>();
  const dissolves = after.map((clip, index) => dissolveIn(neighbours, after[index - 1], clip));
  const settled: Clip[] = [];
  for (const [index, clip] of after.entries()) {
    const edges = settledEdges(clip, dissolves[index] ?? 0, dissolves[index + 1] ?? 0);
    if (
      edges.dissolveInFrames !== clip.dissolveInFrames ||
      edges.fadeInFrames !== clip.fadeInFrames ||
      edges.fadeOutFrames !== clip.fadeOutFrames
    )
      settled.push({ ...clip, ...edges });
  }
  return settled;
}

/** The clip before each. */
function neighboursIn(clips: readonly Clip[], heirs: ReadonlyMap<ClipId, ClipId>): Map<ClipId, ClipId | undefined> {
  const neighbours = new Map<ClipId, ClipId | undefined>();
  for (const [index, clip] of clips.entries()) {
    const previous = clips[index - 1]?.id;
    neighbours.set(clip.id, previous === undefined ? undefined : (heirs.get(previous) ?? previous));
  }
  return neighbours;
}

function dissolveIn(
  neighbours: ReadonlyMap<ClipId, ClipId | undefined>,
  previous: Clip | undefined,
  clip: Clip,
): number {
  if (clip.dissolveInFrames === 0 || previous === undefined) return 0;
  const overlap = Math.max(0, endFrame(previous) - clip.startFrame);
  if (neighbours.has(clip.id)) return neighbours.get(clip.id) === previous.id ? overlap : 0;
  // A clip that is new here brings its dissolve only together with the neighbour it had.
  return !neighbours.has(previous.id) && overlap === clip.dissolveInFrames ? overlap : 0;
}

function settledEdges(clip: Clip, dissolveInFrames: number, dissolveOutFrames: number) {
  const room = Math.max(0, clip.lengthFrames - dissolveInFrames - dissolveOutFrames);
  const fadeInFrames = dissolveInFrames > 0 ? 0 : Math.min(clip.fadeInFrames, room);
  const fadeOutFrames = dissolveOutFrames > 0 ? 0 : Math.min(clip.fadeOutFrames, room - fadeInFrames);
  return { dissolveInFrames, fadeInFrames, fadeOutFrames };
}
