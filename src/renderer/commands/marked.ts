/** The range that an in or out point makes of the one before. Pure. */
import type { Range } from '#shared/project/project';

/**
 * `frame` (whole, from 0) is the first that is played, or the last. Where the other point would not come after or before it, that is
 * cleared: the range goes on to the end, or from the beginning. It ends with the edit at the latest, and is never empty.
 */
export function marked(range: Range | undefined, edge: keyof Range, frame: number, lengthFrames: number): Range {
  const { inFrame, outFrame } = range ?? { inFrame: 0, outFrame: lengthFrames };
  const from = edge === 'inFrame' ? frame : inFrame <= frame ? inFrame : 0;
  const to = edge === 'outFrame' ? frame + 1 : outFrame > frame ? outFrame : lengthFrames;
  return { inFrame: from, outFrame: Math.max(from + 1, Math.min(to, lengthFrames)) };
}
