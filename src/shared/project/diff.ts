/** The patches from one state of a project to another, given which entities may differ; inverse patches are the same, asked the other way. */
import { movedRuns } from './moved-runs';
import type { Patch, Touched } from './patch';
import { collections, projectHeadSchema, type Collection, type Project } from './project';

/** An entity by the names of its fields. */
type Fields = Readonly<Record<string, unknown>>;

/** A shift comes first, so that it finds the clips as they were. */
export function diff(before: Project, after: Project, touched: Touched): readonly Patch[] {
  const patches: Patch[] = [];
  const runs = movedRuns(before.clips, after.clips, touched.get('clips') ?? noClips);
  if (runs.length > 0)
    patches.push({
      op: 'shift',
      path: ['clips'],
      value: runs.map(({ first, last, byFrames }) => ({ first, last, byFrames })),
    });
  const shifted = new Set<string>(runs.flatMap(({ clips }) => clips.map((clip) => clip.id)));
  for (const field of headFields)
    if (!same(before[field], after[field])) patches.push(fieldPatch([field], before[field], after[field]));
  for (const collection of collections) {
    const was: ReadonlyMap<string, Fields> = before[collection];
    const is: ReadonlyMap<string, Fields> = after[collection];
    for (const id of touched.get(collection) ?? [])
      patches.push(...entityPatches([collection, id], was.get(id), is.get(id), shifted.has(id)));
  }
  return patches;
}

const noClips: ReadonlySet<string> = new Set();
const headFields = projectHeadSchema.omit({ id: true }).keyof().options;

/** The patches of one entity, at `path`; absent on either side: it comes, or goes. `isShifted`: its start is told already. */
function entityPatches(
  path: readonly [Collection, string],
  was: Fields | undefined,
  is: Fields | undefined,
  isShifted: boolean,
): readonly Patch[] {
  if (was === is) return [];
  if (is === undefined) return [{ op: 'remove', path: [...path] }];
  if (was === undefined) return [{ op: 'add', path: [...path], value: is }];
  const patches: Patch[] = [];
  for (const field in is)
    if (!same(was[field], is[field]) && !(isShifted && field === 'startFrame'))
      patches.push(fieldPatch([...path, field], was[field], is[field]));
  for (const field in was) if (!(field in is)) patches.push({ op: 'remove', path: [...path, field] });
  return patches;
}

/** JSON has no undefined: a field that is undefined counts as absent. */
function fieldPatch(path: string[], was: unknown, is: unknown): Patch {
  if (is === undefined) return { op: 'remove', path };
  return { op: was === undefined ? 'add' : 'replace', path, value: is };
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  return JSON.stringify(a) === JSON.stringify(b);
}
