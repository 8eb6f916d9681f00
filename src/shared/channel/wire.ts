/**
 * The messages of the channel. A request is a stream of one event, so there is one kind of call.
 * Payloads are parsed a second time, by the schema that the contract names for them.
 */
import { z } from 'zod';
import { serialisedErrorSchema } from '../errors';

/** Counts up from 1, given by the calling side; each direction of a transport has its own. */
const id = z.int().positive();
/** Events that the caller is ready to hold. */
const credit = z.int().positive().max(65_536);

export const wireMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('call'), id, name: z.string(), payload: z.unknown(), credit }),
  z.strictObject({ type: z.literal('credit'), id, credit }),
  z.strictObject({ type: z.literal('cancel'), id }),
  z.strictObject({ type: z.literal('event'), id, payload: z.unknown() }),
  /** `end` and `failure` also tell that the work behind a cancelled call has stopped. */
  z.strictObject({ type: z.literal('end'), id }),
  z.strictObject({ type: z.literal('failure'), id, error: serialisedErrorSchema }),
]);
export type WireMessage = z.infer<typeof wireMessageSchema>;

/** From the side that asks. */
export type CallerMessage = Extract<WireMessage, { type: 'call' | 'credit' | 'cancel' }>;
/** From the side that answers. */
export type CalleeMessage = Extract<WireMessage, { type: 'event' | 'end' | 'failure' }>;

export type Post = (message: WireMessage) => Promise<void>;
