/** Which neighbours have moved alike between two states of the clips: what a shift can tell in a few words. */
import type { Clip } from './clip';
import { trackOrders } from './order';
import { mostRuns, type Run } from './shift';

/** Fewer clips are told one by one: that is hardly longer, and spares a look at all the others. */
export const fewestMoved = 16;

/** A run, and the clips in it. */
export interface MovedRun extends Run {
  readonly clips: readonly Clip[];
}

/**
 * The runs of at least `fewestMoved` clips, `mostRuns` at most. Both states must be valid, so that no two clips of a track start
 * together; `after` differs from `before` in `touched` only.
 */
export function movedRuns(
  before: ReadonlyMap<string, Clip>,
  after: ReadonlyMap<string, Clip>,
  touched: ReadonlySet<string>,
): readonly MovedRun[] {
  if (touched.size < fewestMoved) return [];
  return [...trackOrders(before).values()].flatMap((order) => runsIn(order, after)).slice(0, mostRuns);
}

function runsIn(order: readonly Clip[], after: ReadonlyMap<string, Clip>): readonly MovedRun[] {
  const runs: MovedRun[] = [];
  let clips: Clip[] = [];
  let byFrames = 0;
  const end = (): void => {
    const [first, last] = [clips[0], clips.at(-1)];
    if (byFrames !== 0 && clips.length >= fewestMoved && first !== undefined && last !== undefined)
      runs.push({ first: first.id, last: last.id, byFrames, clips });
  };
  for (const clip of order) {
    const moved = movedBy(clip, after.get(clip.id));
    if (moved !== byFrames) {
      end();
      clips = [];
      byFrames = moved;
    }
    clips.push(clip);
  }
  end();
  return runs;
}

/** 0 for a clip that went, or to another track: a shift leaves it alone. */
function movedBy(was: Clip, is: Clip | undefined): number {
  return is?.trackId === was.trackId ? is.startFrame - was.startFrame : 0;
}
