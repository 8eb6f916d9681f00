/** From a snapshot and the entries after it to the project as it was last saved, through the migrations where they are older. */
import { z } from 'zod';
import { SluiceError } from '#shared/errors';
import { assertProject } from '#shared/project/check';
import { applyPatches } from '#shared/project/patch';
import { projectSchema, type Project } from '#shared/project/project';
import { emptyStacks, type Entry, type Stacks } from './entry';
import { applyToJson, type Migrations } from './migrate';
import type { ProjectState, Snapshot } from './snapshot';

export interface Replayed {
  readonly state: ProjectState;
  /** How many entries, from the first on, could be used. */
  readonly used: number;
}

/** Throws `project-invalid` when the snapshot cannot be used. */
export function replay(snapshot: Snapshot, entries: readonly Entry[], migrations: Migrations): Replayed {
  const firstPresent = entries.findIndex((entry) => entry.schemaVersion === migrations.newest);
  const old = snapshot.schemaVersion === migrations.newest ? 0 : firstPresent === -1 ? entries.length : firstPresent;
  const json = upToDate(snapshot, entries.slice(0, old), migrations);
  const project = parsedProject(json);
  const { project: last, used } = applied(project, entries.slice(old));
  assertProject(last);
  const known = old + used;
  return {
    state: {
      project: last,
      revision: snapshot.revision + known,
      stacks: stacksAfter(snapshot, entries.slice(0, known), migrations),
    },
    used: known,
  };
}

/** The undo history of an older format ends where the project was migrated: its patches do not fit any more. */
function stacksAfter(snapshot: Snapshot, entries: readonly Entry[], migrations: Migrations): Stacks {
  const last = entries.at(-1) ?? snapshot;
  return last.schemaVersion === migrations.newest ? last.stacks : emptyStacks;
}

function upToDate(snapshot: Snapshot, entries: readonly Entry[], migrations: Migrations): unknown {
  let version = snapshot.schemaVersion;
  let json = snapshot.json;
  for (const entry of entries) {
    json = applyToJson(migrations.up(json, version, entry.schemaVersion), entry.patches);
    version = entry.schemaVersion;
  }
  return migrations.up(json, version, migrations.newest);
}

function parsedProject(json: unknown): Project {
  const parsed = projectSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new SluiceError(
    'project-invalid',
    `The project is not what this version of Sluice writes: ${z.prettifyError(parsed.error)}`,
    {
      cause: parsed.error,
    },
  );
}

/** All at once, which is quick; one by one if that fails, to keep what comes before the entry that does not fit. */
function applied(project: Project, entries: readonly Entry[]): { readonly project: Project; readonly used: number } {
  try {
    const patches = entries.flatMap((entry) => entry.patches);
    return { project: applyPatches(project, patches).project, used: entries.length };
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
  }
  let at = project;
  for (const [used, entry] of entries.entries())
    try {
      at = applyPatches(at, entry.patches).project;
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error;
      return { project: at, used };
    }
  return { project: at, used: entries.length };
}
