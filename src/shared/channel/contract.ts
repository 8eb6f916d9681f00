/** A contract: what one side may ask of the other, as schemas from which every type is inferred. */
import { z } from 'zod';
import { SluiceError } from '../errors';

export interface RequestSpec {
  readonly request: z.ZodType;
  readonly response: z.ZodType;
}

export interface StreamSpec {
  readonly request: z.ZodType;
  readonly event: z.ZodType;
  /**
   * For a reader slower than the sender: of the events to which this gives the same key only the newest waits, the others are
   * dropped (previews, progress). Undefined: the event must arrive. Called with events of this stream only.
   */
  readonly latestWins?: (event: unknown) => string | undefined;
}

export type RequestSpecs<Requests> = Readonly<Record<keyof Requests, RequestSpec>>;
export type StreamSpecs<Streams> = Readonly<Record<keyof Streams, StreamSpec>>;

export interface Contract<Requests extends RequestSpecs<Requests>, Streams extends StreamSpecs<Streams>> {
  readonly requests: Requests;
  readonly streams: Streams;
}

/** The functions that answer a contract. They must end soon after `signal` aborts; what they throw reaches the caller. */
export interface Handlers<Requests extends RequestSpecs<Requests>, Streams extends StreamSpecs<Streams>> {
  readonly requests: {
    readonly [Name in keyof Requests]: (
      request: z.output<Requests[Name]['request']>,
      signal: AbortSignal,
    ) => Promise<z.input<Requests[Name]['response']>>;
  };
  readonly streams: {
    readonly [Name in keyof Streams]: (
      request: z.output<Streams[Name]['request']>,
      signal: AbortSignal,
    ) => AsyncIterable<z.input<Streams[Name]['event']>>;
  };
}

/** Parses what the other side sent. Throws `channel-protocol`, on which the channel cuts the other side off. */
export function parsePayload<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw protocolError(`${what} does not have the form the contract demands: ${z.prettifyError(result.error)}`);
}

export function protocolError(what: string): SluiceError {
  return new SluiceError('channel-protocol', `The channel was closed: ${what}. Start it again.`);
}
