/** What a person sets for the whole program, with its defaults. Kept by main, so that every door shows the same. */
import { z } from 'zod';
import { guidanceCurveSchema } from '../guidance';
import { providerSchema } from '../inference-contract';
import { stageIdSchema } from '../pack-manifest';
import { stageParametersSchema } from '../stage-parameters';
import { mebibyte, sha256Schema } from '../units';
import { pathSchema } from './text';

const commandName = z.string().regex(/^[a-zA-Z][a-zA-Z0-9.-]{0,59}$/);

export const longestPresetName = 60;
const presetNameSchema = z.string().trim().min(1).max(longestPresetName);
export const guidancePresetSchema = z.strictObject({
  name: presetNameSchema,
  curve: guidanceCurveSchema,
});
export type GuidancePreset = z.infer<typeof guidancePresetSchema>;

/** How a shot is generated, for others: not what it shows (prompts, given frames), nor which of its variations (seeds). */
export const directionPresetSchema = z.strictObject({
  name: presetNameSchema,
  /** What differs from the defaults of whichever pack makes a shot. */
  stages: z.record(stageIdSchema, stageParametersSchema.partial()),
  stopAt: stageIdSchema.optional(),
});
export type DirectionPreset = z.infer<typeof directionPresetSchema>;

const always = {
  theme: z.enum(['system', 'dark', 'light']),
  /** BCP 47; `system`: what the browser or the system prefers. */
  language: z.string().regex(/^(system|[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3})$/),
  /** Shortcuts by the name of the command, as physical keys (`Mod+KeyZ`), where they are not the usual ones; '': none. */
  shortcuts: z.record(commandName, z.string().max(60)),
  /** Longest side of moving previews, in pixels. */
  previewPixels: z.int().min(16).max(512),
  hasSeenTour: z.boolean(),
  /** Guidance that a person has kept under a name, in the order in which it is offered. */
  guidancePresets: z.array(guidancePresetSchema).max(100),
  directionPresets: z.array(directionPresetSchema).max(100),
};
/** Absent: as the application's facts say. */
const ifSet = {
  /** Where new projects go. */
  projectsFolder: pathSchema,
  exportsFolder: pathSchema,
  /** Makes new shots; absent, or not there any more: the first that is valid. */
  pack: sha256Schema,
  /** What kept clips may take before those that nothing needs go. */
  artifactLimitBytes: z
    .int()
    .min(256 * mebibyte)
    .max(1024 * 1024 * 1024 * mebibyte),
  /** Absent: the best that passes its test on this machine. */
  provider: providerSchema,
  /** What a stage may take. */
  memoryBytes: z
    .int()
    .min(256 * mebibyte)
    .max(1024 * 1024 * mebibyte),
  threads: z.int().min(1).max(256),
};

/** What a person has set. */
export const chosenSettingsSchema = z.strictObject({ ...always, ...ifSet }).partial();
export type ChosenSettings = z.infer<typeof chosenSettingsSchema>;

export const settingsSchema = z.strictObject({ ...always, ...z.strictObject(ifSet).partial().shape });
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  shortcuts: {},
  previewPixels: 160,
  hasSeenTour: false,
  guidancePresets: [],
  directionPresets: [],
};

/** `unset` puts fields back to their defaults. */
export const settingsChangeSchema = z.strictObject({
  set: chosenSettingsSchema,
  unset: z.array(chosenSettingsSchema.keyof()).max(20).default([]),
});
