/**
 * How an edit function makes its change: on an immer draft, then as patches in the form of `patch.ts`, and refused if it would
 * leave the project contradicting itself.
 */
import { enableMapSet, enablePatches, Immer, type Draft } from 'immer';
import { checkChange } from './check-change';
import { diff } from './diff';
import type { EditLabel } from './edit-labels';
import { applyPatches, type Patch, type Touched } from './patch';
import { collections, type Collection, type Project } from './project';

enablePatches();
enableMapSet();
/** Nothing is frozen: types keep projects read-only, and freezing 10,000 clips at each edit would be the larger part of its cost. */
const immer = new Immer({ autoFreeze: false });

/** What an edit function returns: the project after it, and the way there and back. */
export interface Change {
  readonly label: EditLabel;
  readonly project: Project;
  /** All that it may have made different, besides the head. */
  readonly touched: Touched;
  readonly patches: readonly Patch[];
  readonly inversePatches: readonly Patch[];
}

/** Throws `invalid-argument` with what the change would break. */
export function change(project: Project, label: EditLabel, recipe: (draft: Draft<Project>) => void): Change {
  const [drafted, drafts] = immer.produceWithPatches(project, (draft) => {
    recipe(draft);
  });
  const touched = touchedBy(drafts.map((patch) => patch.path));
  const patches = diff(project, drafted, touched);
  return changeBy(project, label, patches);
}

/** The change that patches make. Throws `invalid-argument` when they do not fit, or with what they would break. */
export function changeBy(project: Project, label: EditLabel, patches: readonly Patch[]): Change {
  const { project: after, touched } = applyPatches(project, patches);
  checkChange(project, after, touched);
  return { label, project: after, touched, patches, inversePatches: diff(after, project, touched) };
}

/** The change to a state whose entities are valid each by itself. Throws `invalid-argument` with what it would break. */
export function changeTo(project: Project, label: EditLabel, after: Project, touched: Touched): Change {
  checkChange(project, after, touched);
  return {
    label,
    project: after,
    touched,
    patches: diff(project, after, touched),
    inversePatches: diff(after, project, touched),
  };
}

/** Several changes as one step, each made on what the one before it left. */
export function inOneStep(
  project: Project,
  label: EditLabel,
  steps: readonly ((project: Project) => Change)[],
): Change {
  let after = project;
  const touched = new Map<Collection, Set<string>>();
  for (const step of steps) {
    const made = step(after);
    after = made.project;
    for (const [name, ids] of made.touched) touched.set(name, new Set([...(touched.get(name) ?? []), ...ids]));
  }
  return {
    label,
    project: after,
    touched,
    patches: diff(project, after, touched),
    inversePatches: diff(after, project, touched),
  };
}

function touchedBy(paths: readonly (readonly (string | number)[])[]): Touched {
  const touched = new Map<Collection, Set<string>>();
  for (const [first, id] of paths) {
    const collection = collections.find((name) => name === first);
    if (collection === undefined || id === undefined) continue;
    const ids = touched.get(collection) ?? new Set<string>();
    touched.set(collection, ids.add(String(id)));
  }
  return touched;
}
