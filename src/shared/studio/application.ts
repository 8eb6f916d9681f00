/** What the renderer needs to know of the program that serves it. */
import { z } from 'zod';
import { errorCodes } from '../errors';
import { providerSchema } from '../inference-contract';
import { sha256Schema } from '../units';
import { pathSchema } from './text';

export const applicationFactsSchema = z.strictObject({
  sluice: z.string().max(60),
  onnxruntime: z.string().max(60),
  /** `process.platform` of main: paths have its form. */
  platform: z.string().max(30),
  door: z.enum(['browser', 'electron']),
  home: pathSchema,
  defaultProjectsFolder: pathSchema,
  defaultExportsFolder: pathSchema,
  /** What a stage may use where nobody set it. */
  defaultMemoryBytes: z.int().positive(),
  defaultThreads: z.int().positive(),
});
export type ApplicationFacts = z.infer<typeof applicationFactsSchema>;

const textSchema = z.string().max(20_000);

/** What was found, or why it was not: in words, and by the code of what went wrong. */
function foundSchema<Schema extends z.ZodType>(value: Schema) {
  return z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('found'), value }),
    z.strictObject({ kind: z.literal('missing'), code: z.enum(errorCodes), reason: textSchema }),
  ]);
}

/** How a provider did against the golden vectors of the default pack, or why no job would run on it. */
const triedProviderSchema = z.strictObject({
  provider: providerSchema,
  trial: foundSchema(z.strictObject({ seconds: z.number(), maxDifference: z.number().optional() })),
});

/** What this machine has for Sluice, asked of every part just now ("sluice doctor"). */
export const machineReportSchema = z.strictObject({
  sluice: textSchema,
  onnxruntime: textSchema,
  node: textSchema,
  platform: textSchema,
  processor: textSchema,
  cores: z.int().positive(),
  memoryBytes: z.number(),
  freeMemoryBytes: z.number(),
  home: z.strictObject({ folder: pathSchema, free: foundSchema(z.number()), artifactBytes: z.number() }),
  ffmpeg: foundSchema(z.strictObject({ path: textSchema, source: textSchema, version: textSchema })),
  pack: foundSchema(z.strictObject({ name: textSchema, version: textSchema, hash: sha256Schema })),
  providers: z.array(triedProviderSchema).max(16),
});
export type MachineFacts = z.infer<typeof machineReportSchema>;
