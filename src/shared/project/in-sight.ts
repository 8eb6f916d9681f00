/**
 * The clips of a track that can be seen, in logarithmic time: clips of a track are in order of their starts, and since they overlap
 * only where one dissolves into the next, also in order of their ends.
 */
import { endFrame, type Clip } from './clip';

/** Those that show a frame of `[fromFrame, toFrame)`. `clips` as `clipsOfTrack` gives them. */
export function clipsBetween(clips: readonly Clip[], fromFrame: number, toFrame: number): readonly Clip[] {
  const first = firstIndex(clips, (clip) => endFrame(clip) > fromFrame);
  const behind = firstIndex(clips, (clip) => clip.startFrame >= toFrame);
  return clips.slice(first, Math.max(first, behind));
}

/** The topmost clip at a moment: of two that dissolve, the later one. */
export function clipAt(clips: readonly Clip[], frame: number): Clip | undefined {
  const clip = clips[firstIndex(clips, ({ startFrame }) => startFrame > frame) - 1];
  return clip !== undefined && endFrame(clip) > frame ? clip : undefined;
}

/** First index for which `holds`, where it holds for all after one that it holds for; the length where for none. */
export function firstIndex(clips: readonly Clip[], holds: (clip: Clip) => boolean): number {
  let low = 0;
  let high = clips.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const clip = clips[middle];
    if (clip !== undefined && holds(clip)) high = middle;
    else low = middle + 1;
  }
  return low;
}
