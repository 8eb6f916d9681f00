/** What the engine's thread and the runtime's thread say to each other. Large buffers are transferred, never copied. */
import { z } from 'zod';
import { serialisedErrorSchema } from '#shared/errors';
import { providerSchema } from '#shared/inference-contract';
import type { GraphTensors } from './graph';

const tensorSchema = z.strictObject({ type: z.string(), data: z.unknown(), dims: z.array(z.number()).readonly() });
const tensorsSchema = z.record(z.string(), tensorSchema);
const valuesSchema = z.array(z.strictObject({ name: z.string(), type: z.string().optional() })).readonly();
/** Counts questions; an answer carries its question's. */
const id = z.int();
/** Of an open graph. */
const graph = z.int();

export const questionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('open'),
    id,
    graph: z.strictObject({
      bytes: z.instanceof(Uint8Array),
      name: z.string(),
      provider: providerSchema,
      threads: z.int(),
      arena: z.boolean(),
    }),
  }),
  z.strictObject({
    kind: z.literal('run'),
    id,
    graph,
    feeds: tensorsSchema,
    outputs: z.array(z.string()).readonly(),
    sequence: z.strictObject({ name: z.string(), isFirst: z.boolean() }).optional(),
  }),
  z.strictObject({ kind: z.literal('release'), id, graph }),
]);
/** A run that need not begin any more. It is answered like every question, and this is not one. */
export const withdrawalSchema = z.strictObject({ kind: z.literal('withdraw'), run: id });
export type Withdrawal = z.infer<typeof withdrawalSchema>;
export type Question = z.infer<typeof questionSchema>;

export const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('opened'), id, graph, inputs: valuesSchema, outputs: valuesSchema }),
  z.strictObject({ kind: z.literal('ran'), id, outputs: tensorsSchema, feeds: tensorsSchema, seconds: z.number() }),
  z.strictObject({ kind: z.literal('released'), id }),
  z.strictObject({ kind: z.literal('failed'), id, error: serialisedErrorSchema }),
]);
export type Answer = z.infer<typeof answerSchema>;

/** The buffers beneath tensors, each once. */
export function buffersOf(...tensors: readonly GraphTensors[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { data } of tensors.flatMap((named) => Object.values(named)))
    if (ArrayBuffer.isView(data) && data.buffer instanceof ArrayBuffer) buffers.add(data.buffer);
  return [...buffers];
}
