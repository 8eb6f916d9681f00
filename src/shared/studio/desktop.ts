/**
 * What a window asks of the system around it. Each door answers in its own way: under Electron with the system's dialogs and menus, in
 * a browser with as much as can be done from outside of it. The window asks the same of both.
 */
import { z } from 'zod';
import { nothingSchema, pathSchema } from './text';

const wordsSchema = z.string().min(1).max(200);

/** Kinds of files that a dialog offers; extensions without the dot. */
const fileTypesSchema = z
  .array(
    z.strictObject({
      name: wordsSchema,
      extensions: z
        .array(z.string().regex(/^(\*|[a-z0-9]{1,10})$/))
        .min(1)
        .max(40),
    }),
  )
  .max(10)
  .default([]);

export const pathQuestionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('files'),
    title: wordsSchema,
    types: fileTypesSchema,
    many: z.boolean().default(false),
    startIn: pathSchema.optional(),
  }),
  z.strictObject({ kind: z.literal('folder'), title: wordsSchema, startIn: pathSchema.optional() }),
  /** A name for a new file; the system asks before one that is there is replaced. */
  z.strictObject({
    kind: z.literal('save'),
    title: wordsSchema,
    types: fileTypesSchema,
    startIn: pathSchema.optional(),
  }),
]);
export type PathQuestion = z.input<typeof pathQuestionSchema>;

export const pathAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('chosen'), paths: z.array(pathSchema).min(1).max(1000) }),
  z.strictObject({ kind: z.literal('cancelled') }),
  /** This door has no dialogs of the system: ask in the window, with `browseFolder`. */
  z.strictObject({ kind: z.literal('no-dialogs') }),
]);
export type PathAnswer = z.infer<typeof pathAnswerSchema>;

export const fileRequestSchema = z.strictObject({ file: pathSchema });

/** What the system does by itself. `newWindow` is the program's own. */
const roleSchema = z.enum([
  ...(['newWindow', 'close', 'quit', 'minimize', 'zoom', 'front', 'togglefullscreen'] as const),
  ...(['about', 'services', 'hide', 'hideOthers', 'unhide', 'toggleDevTools'] as const),
]);

/** In a text that is being written the system does these; anywhere else the command that goes with them. */
const editingSchema = z.enum(['undo', 'redo', 'cut', 'copy', 'paste']);

const menuItemSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('separator') }),
  z.strictObject({ kind: z.literal('role'), role: roleSchema, label: wordsSchema }),
  z.strictObject({
    kind: z.literal('command'),
    command: z.string().regex(/^[a-zA-Z][a-zA-Z0-9.-]{0,59}$/),
    label: wordsSchema,
    /** As `Electron.Accelerator` spells it. Always with a modifier: a bare key belongs to what is being written. */
    accelerator: z
      .string()
      .regex(/^(CommandOrControl|Alt)(\+(Alt|Shift))*\+[A-Za-z0-9]{1,12}$/)
      .optional(),
    editing: editingSchema.optional(),
  }),
]);
export type MenuItem = z.infer<typeof menuItemSchema>;

/** The menu bar in the window's language, and what is asked when one quits. */
export const menuSchema = z.strictObject({
  menus: z
    .array(
      z.strictObject({
        /** `help` and `window` have a meaning of their own on a Mac; `app` is shown there alone. */
        place: z.enum(['app', 'window', 'help', 'other']),
        label: wordsSchema,
        items: z.array(menuItemSchema).max(300),
      }),
    )
    .max(20),
  quitting: z.strictObject({
    message: wordsSchema,
    /** While shots are being made: they go on next time. */
    jobs: wordsSchema,
    /** While files are being exported: they would have to be begun again. */
    exports: wordsSchema,
    /** While edits are in memory only. */
    unsaved: wordsSchema,
    quit: wordsSchema,
    stay: wordsSchema,
  }),
});
export type Menu = z.infer<typeof menuSchema>;

/** Null: nothing in particular. */
export const openingSchema = z.strictObject({ folder: pathSchema.nullable() });
export const menuChoiceSchema = z.strictObject({ command: z.string().max(60) });

export const desktopRequests = {
  choosePaths: { request: pathQuestionSchema, response: pathAnswerSchema },
  /** Shows a file in its folder. */
  revealFile: { request: fileRequestSchema, response: nothingSchema },
  /** Opens a film, sound or picture with the program that the person uses for it. */
  openFile: { request: fileRequestSchema, response: nothingSchema },
  setMenu: { request: menuSchema, response: nothingSchema },
  /** The project that this window was opened for. */
  opening: { request: nothingSchema, response: openingSchema },
};

export const desktopStreams = {
  /** Commands that were chosen in the menu bar while this window was in front. */
  menuChoices: { request: nothingSchema, event: menuChoiceSchema },
};
