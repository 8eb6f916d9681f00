/**
 * Projects as the studio opens and changes them. An open project is named by its `open` id, which holds for one connection: whoever
 * connects again opens the project again, by its folder, and finds it as it was acknowledged.
 */
import { z } from 'zod';
import { editSchema } from '../project/edit';
import { editLabelSchema } from '../project/edit-labels';
import { editIdSchema } from '../project/ids';
import { patchSchema } from '../project/patch';
import { projectSchema } from '../project/project';
import { nameSchema } from '../project/text';
import { frameRateSchema } from '../project/time';
import { sizeSchema } from '../units';
import { pathSchema, problemSchema } from './text';

/** Of a project that this connection has open. */
export const openIdSchema = z
  .string()
  .regex(/^open-[0-9a-f]{16}$/)
  .brand<'OpenId'>();
export type OpenId = z.infer<typeof openIdSchema>;

export const openRequestSchema = z.strictObject({ open: openIdSchema });
export const folderRequestSchema = z.strictObject({ folder: pathSchema });
export const folderAnswerSchema = z.strictObject({ folder: pathSchema });

/** How safe the edits of an open project are. */
export const saveStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('saved') }),
  z.strictObject({ kind: z.literal('saving'), edits: z.int().nonnegative() }),
  /** In memory only, and why; written with the next edit, by `retrySave`, or elsewhere by `saveProjectAs`. */
  z.strictObject({ kind: z.literal('unsaved'), edits: z.int().nonnegative(), problem: problemSchema }),
  /** Another process has it open; `holder` begins with its process id. */
  z.strictObject({ kind: z.literal('read-only'), holder: z.string().max(100) }),
  z.strictObject({ kind: z.literal('closed') }),
]);
export type SaveStateFacts = z.infer<typeof saveStateSchema>;

/** What undo and redo would take back; null: nothing. */
const stacksSchema = z.strictObject({ undo: editLabelSchema.nullable(), redo: editLabelSchema.nullable() });

const revisionSchema = z.int().nonnegative();

const snapshotFields = {
  project: projectSchema,
  /** Grows by one with every change, of whatever kind. */
  revision: revisionSchema,
  stacks: stacksSchema,
  /** `read-only`: no edit will be accepted. */
  state: saveStateSchema,
};

export const openedProjectSchema = z.strictObject({ open: openIdSchema, folder: pathSchema, ...snapshotFields });
export type OpenedProject = z.infer<typeof openedProjectSchema>;

export const newProjectSchema = z.strictObject({
  title: nameSchema,
  /** The folder to make its folder in; absent: where projects usually go. */
  parent: pathSchema.optional(),
  frameRate: frameRateSchema.optional(),
  size: sizeSchema.optional(),
});

export const applyEditSchema = z.strictObject({ open: openIdSchema, edit: editSchema });

export const acknowledgementSchema = z.strictObject({
  /** The project's revision after the edit. */
  revision: revisionSchema,
  /** True: it is on disk and survives anything. False: in memory only; the save state says why. */
  saved: z.boolean(),
});
/** Null where there was nothing to take back. */
export const takenBackSchema = z.strictObject({ made: acknowledgementSchema.nullable() });

export const changesRequestSchema = z.strictObject({
  open: openIdSchema,
  /** What the asker has. Where the project is further by now, a snapshot comes first. */
  revision: revisionSchema,
});

export const projectEventSchema = z.discriminatedUnion('kind', [
  /** Forget what you have: this is the project. */
  z.strictObject({ kind: z.literal('snapshot'), folder: pathSchema, ...snapshotFields }),
  z.strictObject({
    kind: z.literal('changed'),
    revision: revisionSchema,
    /** `record` is work that undo passes over, such as a finished stage. */
    by: z.enum(['edit', 'record', 'undo', 'redo']),
    /** Of the edit: one's own are known by it. */
    id: editIdSchema,
    label: editLabelSchema,
    patches: z.array(patchSchema),
    stacks: stacksSchema,
  }),
  z.strictObject({ kind: z.literal('state'), state: saveStateSchema }),
]);
export type ProjectEventFacts = z.infer<typeof projectEventSchema>;

export const closeProjectSchema = z.strictObject({
  open: openIdSchema,
  /** Let go of edits that cannot be saved. */
  discard: z.boolean().default(false),
});
/** The folder of the project itself, new. */
export const saveAsSchema = z.strictObject({ open: openIdSchema, folder: pathSchema });
export const retitleSchema = z.strictObject({ folder: pathSchema, title: nameSchema });
