/** What must hold between the clips of one track: they overlap only where one dissolves into the next, and fades fit beside that. */
import { endFrame, type Clip } from './clip';
import { longestProjectFrames } from './time';

/** Problems of a track whose clips are sorted by start; empty if all is well. */
export function checkTrack(clips: readonly Clip[]): readonly string[] {
  const problems: string[] = [];
  for (const [index, clip] of clips.entries()) {
    const problem =
      overlapProblem(clips[index - 1], clip) ?? edgeProblem(clip, clips[index + 1]?.dissolveInFrames ?? 0);
    if (problem !== undefined) problems.push(problem);
  }
  return problems;
}

function overlapProblem(before: Clip | undefined, clip: Clip): string | undefined {
  const overlap = before === undefined ? 0 : Math.max(0, endFrame(before) - clip.startFrame);
  if (overlap === clip.dissolveInFrames) return undefined;
  return clip.dissolveInFrames === 0
    ? `Clip ${clip.id} would cover ${overlap} frames of ${before?.id ?? 'nothing'}: leave it room, or dissolve between them.`
    : `Clip ${clip.id} dissolves over ${clip.dissolveInFrames} frames but overlaps the clip before it by ${overlap}.`;
}

function edgeProblem(clip: Clip, dissolveOutFrames: number): string | undefined {
  const { dissolveInFrames, fadeInFrames, fadeOutFrames, lengthFrames } = clip;
  if (endFrame(clip) > longestProjectFrames)
    return `Clip ${clip.id} would end at frame ${endFrame(clip)}: a project has at most ${longestProjectFrames}.`;
  // One frame of its own at least: so no two clips start together, and their order is the order of their starts.
  if (dissolveInFrames + dissolveOutFrames >= lengthFrames)
    return `Clip ${clip.id} has ${lengthFrames} frames, too few for dissolves of ${dissolveInFrames} and ${dissolveOutFrames}.`;
  if ((dissolveInFrames > 0 && fadeInFrames > 0) || (dissolveOutFrames > 0 && fadeOutFrames > 0))
    return `Clip ${clip.id} can fade or dissolve at an edge, not both.`;
  if (dissolveInFrames + fadeInFrames + fadeOutFrames + dissolveOutFrames > lengthFrames)
    return `Clip ${clip.id} has ${lengthFrames} frames, too few for fades of ${fadeInFrames} and ${fadeOutFrames}.`;
  return undefined;
}
