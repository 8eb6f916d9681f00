/** Which neighbours have moved alike between two states of the clips: what a shift can tell in a few words. */
import { onlyMoved, type Clip } from './clip';
import { trackOrders } from './order';
import { mostRuns, type Run } from './shift';

type Clips = ReadonlyMap<string, Clip>;

/** Fewer clips are told one by one: that is hardly longer, and spares a look at all the others. */
const fewestMoved = 16;

export interface MovedRun extends Run {
  /** The clips of the run that differ in nothing else. */
  readonly told: readonly Clip[];
  /** Those that do, as they were. */
  readonly changed: readonly Clip[];
}

/**
 * The runs of at least `fewestMoved` clips, `mostRuns` at most. Both states must be valid, so that no two clips of a track start
 * together; `after` differs from `before` in `touched` only.
 */
export function movedRuns(before: Clips, after: Clips, touched: ReadonlySet<string>): readonly MovedRun[] {
  if (touched.size < fewestMoved) return [];
  return [...trackOrders(before).values()].flatMap((order) => runsIn(order, after)).slice(0, mostRuns);
}

function runsIn(order: readonly Clip[], after: Clips): readonly MovedRun[] {
  const runs: (MovedRun & { told: Clip[]; changed: Clip[] })[] = [];
  for (const clip of order) {
    const is = after.get(clip.id);
    const byFrames = is === undefined ? 0 : is.startFrame - clip.startFrame;
    let run = runs.at(-1);
    if (run?.byFrames !== byFrames)
      runs.push((run = { first: clip.id, last: clip.id, byFrames, told: [], changed: [] }));
    run.last = clip.id;
    (byFrames !== 0 && is !== undefined && onlyMoved(clip, is) ? run.told : run.changed).push(clip);
  }
  return runs.filter(({ byFrames, told, changed }) => byFrames !== 0 && told.length + changed.length >= fewestMoved);
}
