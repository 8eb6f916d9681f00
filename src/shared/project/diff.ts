/** The patches from one state of a project to another, given which entities may differ; inverse patches are the same, asked the other way. */
import type { Clip } from './clip';
import { movedRuns } from './moved-runs';
import type { Patch, Touched } from './patch';
import { collections, projectHeadSchema, type Collection, type Project } from './project';

/** An entity by the names of its fields. */
type Fields = Readonly<Record<string, unknown>>;

export function diff(before: Project, after: Project, touched: Touched): readonly Patch[] {
  const changed = headFields.filter((field) => !same(before[field], after[field]));
  return [
    ...changed.map((field) => fieldPatch([field], before[field], after[field])),
    ...collections.flatMap((name) => {
      const ids = touched.get(name) ?? noIds;
      if (name === 'clips') return clipPatches(before.clips, after.clips, ids);
      return collectionPatches(name, before[name], after[name], ids);
    }),
  ];
}

const noIds: ReadonlySet<string> = new Set();
const headFields = projectHeadSchema.omit({ id: true }).keyof().options;

/** A shift of what moved alike, and from there to what is. */
function clipPatches(
  before: ReadonlyMap<string, Clip>,
  after: ReadonlyMap<string, Clip>,
  touched: ReadonlySet<string>,
): readonly Patch[] {
  const runs = movedRuns(before, after, touched);
  if (runs.length === 0) return collectionPatches('clips', before, after, touched);
  const rest = new Set(touched);
  const shifted = new Map<string, Fields>();
  for (const { told, changed, byFrames } of runs) {
    for (const { id } of told) rest.delete(id);
    for (const clip of changed) shifted.set(clip.id, { ...clip, startFrame: clip.startFrame + byFrames });
  }
  const value = runs.map(({ first, last, byFrames }) => ({ first, last, byFrames }));
  const was = { get: (id: string) => shifted.get(id) ?? before.get(id) };
  return [{ op: 'shift', path: ['clips'], value }, ...collectionPatches('clips', was, after, rest)];
}

function collectionPatches(
  collection: Collection,
  was: Pick<ReadonlyMap<string, Fields>, 'get'>,
  is: ReadonlyMap<string, Fields>,
  ids: ReadonlySet<string>,
): readonly Patch[] {
  return [...ids].flatMap((id) => entityPatches([collection, id], was.get(id), is.get(id)));
}

/** The patches of one entity, at `path`; absent on either side: it comes, or goes. */
function entityPatches(
  path: readonly [Collection, string],
  was: Fields | undefined,
  is: Fields | undefined,
): readonly Patch[] {
  if (was === is) return [];
  if (is === undefined) return [{ op: 'remove', path: [...path] }];
  if (was === undefined) return [{ op: 'add', path: [...path], value: is }];
  const patches: Patch[] = [];
  for (const field in is)
    if (!same(was[field], is[field])) patches.push(fieldPatch([...path, field], was[field], is[field]));
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
