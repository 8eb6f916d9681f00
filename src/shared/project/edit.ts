/** One step of work on a project, as a window proposes it: who keeps the project finds the way back by himself. */
import { z } from 'zod';
import type { Change } from './change';
import { editLabelSchema } from './edit-labels';
import { editIdSchema, newEditId } from './ids';
import { patchSchema } from './patch';

/** 100,000 clips that go to other tracks, each to a place of its own. */
const mostPatches = 200_000;

export const editSchema = z.strictObject({
  /** Sent again after a lost connection, an edit is known by its id and not made twice. */
  id: editIdSchema,
  label: editLabelSchema,
  patches: z.array(patchSchema).min(1).max(mostPatches),
});
export type Edit = z.infer<typeof editSchema>;

/** Undefined for a change that changed nothing: there is nothing to undo. */
export function asEdit(change: Change, id = newEditId()): Edit | undefined {
  if (change.patches.length === 0) return undefined;
  return { id, label: change.label, patches: [...change.patches] };
}
