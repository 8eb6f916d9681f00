/** The clips before and after one on its track, in logarithmic time. */
import type { Clip } from '#shared/project/clip';
import { firstIndex } from '#shared/project/in-sight';

/** @param clips of its track, in order */
export function neighbours(
  clips: readonly Clip[],
  clip: Clip,
): { readonly previous: Clip | undefined; readonly next: Clip | undefined } {
  // No two clips of a track start together.
  const at = firstIndex(clips, ({ startFrame }) => startFrame >= clip.startFrame);
  return { previous: clips[at - 1], next: clips[at + 1] };
}
