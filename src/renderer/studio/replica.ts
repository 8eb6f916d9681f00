/**
 * The renderer's copy of the project: what main confirmed, with the edits on top that main has not answered yet. Pure.
 *
 * An edit shows at once. When main reports a change, the edits still on their way are put on top of it again; one that no longer
 * fits (the clip it trims is gone) falls away, as main will refuse it, too.
 */
import { SluiceError } from '#shared/errors';
import type { Edit } from '#shared/project/edit';
import { applyPatches, type Patch } from '#shared/project/patch';
import type { Project } from '#shared/project/project';

export interface Replica {
  /** As main has it, at `revision`. */
  readonly confirmed: Project;
  readonly revision: number;
  /** Sent or to be sent, oldest first. */
  readonly pending: readonly Edit[];
  /** `confirmed` with `pending`: what is on the screen. */
  readonly visible: Project;
}

export function replicaOf(project: Project, revision: number): Replica {
  return { confirmed: project, revision, pending: [], visible: project };
}

/** `visible`: the project after the edit, as the edit function made it. */
export function withEdit(replica: Replica, edit: Edit, visible: Project): Replica {
  return { ...replica, pending: [...replica.pending, edit], visible };
}

export interface ReportedChange {
  readonly revision: number;
  readonly id: string;
  readonly patches: readonly Patch[];
}

/** Undefined where the change does not follow on what is here: ask for a snapshot. */
export function withChange(replica: Replica, { revision, id, patches }: ReportedChange): Replica | undefined {
  if (revision <= replica.revision) return replica;
  if (revision !== replica.revision + 1) return undefined;
  if (replica.pending[0]?.id === id && replica.pending.length === 1)
    return { confirmed: replica.visible, revision, pending: [], visible: replica.visible };
  const confirmed = applyPatches(replica.confirmed, patches).project;
  const pending = replica.pending.filter((edit) => edit.id !== id);
  if (replica.pending[0]?.id === id) return { ...replica, confirmed, revision, pending };
  return rebased(confirmed, revision, pending);
}

/** Main refused an edit: everything as if it had not been made. */
export function withoutEdit({ confirmed, revision, pending }: Replica, id: string): Replica {
  return rebased(
    confirmed,
    revision,
    pending.filter((edit) => edit.id !== id),
  );
}

/** A new state from main, with what is still on its way on top. */
export function withSnapshot({ pending }: Replica, project: Project, revision: number): Replica {
  return rebased(project, revision, pending);
}

function rebased(confirmed: Project, revision: number, pending: readonly Edit[]): Replica {
  let visible = confirmed;
  const fitting: Edit[] = [];
  for (const edit of pending) {
    const after = applied(visible, edit);
    if (after === undefined) continue;
    visible = after;
    fitting.push(edit);
  }
  return { confirmed, revision, pending: fitting, visible };
}

function applied(project: Project, { patches }: Edit): Project | undefined {
  try {
    return applyPatches(project, patches).project;
  } catch (error) {
    if (error instanceof SluiceError) return undefined;
    throw error;
  }
}
