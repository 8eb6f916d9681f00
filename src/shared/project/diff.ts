/** The patches from one state of a project to another, given which entities may differ; inverse patches are the same, asked the other way. */
import type { Patch, Touched } from './patch';
import { collections, projectHeadSchema, type Project } from './project';

export function diff(before: Project, after: Project, touched: Touched): readonly Patch[] {
  const patches: Patch[] = [];
  for (const field of headFields) patches.push(...fieldPatches([], field, before[field], after[field]));
  for (const collection of collections) {
    const was: ReadonlyMap<string, object> = before[collection];
    const is: ReadonlyMap<string, object> = after[collection];
    for (const id of touched.get(collection) ?? [])
      patches.push(...entityPatches([collection, id], was.get(id), is.get(id)));
  }
  return patches;
}

const headFields = projectHeadSchema.omit({ id: true }).keyof().options;

function entityPatches(path: [string, string], was: object | undefined, is: object | undefined): readonly Patch[] {
  if (was === is) return [];
  if (is === undefined) return [{ op: 'remove', path }];
  if (was === undefined) return [{ op: 'add', path, value: is }];
  const before = new Map<string, unknown>(Object.entries(was));
  const after = new Map<string, unknown>(Object.entries(is));
  const fields = new Set([...before.keys(), ...after.keys()]);
  return [...fields].flatMap((field) => fieldPatches(path, field, before.get(field), after.get(field)));
}

/** JSON has no undefined: a field that is undefined counts as absent. */
function fieldPatches(of: readonly string[], field: string, was: unknown, is: unknown): readonly Patch[] {
  if (same(was, is)) return [];
  const path = [...of, field];
  if (is === undefined) return [{ op: 'remove', path }];
  return [{ op: was === undefined ? 'add' : 'replace', path, value: is }];
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  return JSON.stringify(a) === JSON.stringify(b);
}
