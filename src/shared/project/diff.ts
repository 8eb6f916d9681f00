/** The patches from one state of a project to another, given which entities may differ; inverse patches are the same, asked the other way. */
import type { Patch, Touched } from './patch';
import { collections, projectHeadSchema, type Collection, type Project } from './project';

/** An entity by the names of its fields. */
export type Fields = Readonly<Record<string, unknown>>;

export function diff(before: Project, after: Project, touched: Touched): readonly Patch[] {
  const patches: Patch[] = [];
  for (const field of headFields)
    if (!same(before[field], after[field])) patches.push(fieldPatch([field], before[field], after[field]));
  for (const collection of collections) {
    const was: ReadonlyMap<string, Fields> = before[collection];
    const is: ReadonlyMap<string, Fields> = after[collection];
    for (const id of touched.get(collection) ?? [])
      patches.push(...entityPatches([collection, id], was.get(id), is.get(id)));
  }
  return patches;
}

const headFields = projectHeadSchema.omit({ id: true }).keyof().options;

/** The patches of one entity, at `path`; absent on either side: it comes, or goes. */
export function entityPatches(
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
