/**
 * How an edit function makes its change: on an immer draft, then as patches in the form of `patch.ts`, and refused if it would
 * leave the project contradicting itself.
 */
import { enableMapSet, enablePatches, Immer, type Draft } from 'immer';
import { checkChange, type ChangedClips } from './check-change';
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
  /** Found when asked for: a drag makes a change at every step, and only its last one is sent. */
  readonly patches: readonly Patch[];
  /** Likewise: who keeps the project needs the way back, a window does not. */
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
  return changed(label, project, after, touched, patches);
}

/** The change to a state whose entities are valid each by itself. Throws `invalid-argument` with what it would break. */
export function changeTo(
  project: Project,
  label: EditLabel,
  after: Project,
  touched: Touched,
  clips?: ChangedClips,
): Change {
  checkChange(project, after, touched, clips);
  return changed(label, project, after, touched);
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
  return changed(label, project, after, touched);
}

/** `patches`: those that it was made by, if any. */
function changed(
  label: EditLabel,
  before: Project,
  project: Project,
  touched: Touched,
  patches?: readonly Patch[],
): Change {
  let there = patches;
  let back: readonly Patch[] | undefined;
  return {
    label,
    project,
    touched,
    get patches() {
      return (there ??= diff(before, project, touched));
    },
    get inversePatches() {
      return (back ??= diff(project, before, touched));
    },
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
