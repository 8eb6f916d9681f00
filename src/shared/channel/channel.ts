/**
 * The typed channel between two processes of Sluice: requests, streams with back-pressure, cancellation, errors that keep code
 * and cause, over any `Transport`. Each side may ask, answer, or both.
 *
 * Every message is parsed on arrival. One that does not parse closes the channel on this side: the peer is cut off, what it
 * had running here is aborted, what was asked of it rejects with `channel-protocol`; the process lives on.
 */
import { SluiceError } from '../errors';
import { Callee, type Service } from './callee';
import { Caller } from './caller';
import { protocolError, type Contract, type RequestSpecs, type StreamSpecs } from './contract';
import type { Transport } from './transport';
import { wireMessageSchema, type Post } from './wire';

export interface Channel<Requests extends RequestSpecs<Requests>, Streams extends StreamSpecs<Streams>> {
  readonly request: Caller<Requests, Streams>['request'];
  readonly stream: Caller<Requests, Streams>['stream'];
  /** Resolves with the reason once the channel is closed, by either side. */
  readonly closed: Promise<Error>;
  /** Ends it from this side: everything pending rejects with `reason`. */
  close(reason?: Error): void;
}

/** `calls`: what may be asked of the other side; `serves`: what this side answers. */
export function connect<Requests extends RequestSpecs<Requests>, Streams extends StreamSpecs<Streams>>(
  transport: Transport,
  calls: Contract<Requests, Streams>,
  serves: Service = new Map(),
): Channel<Requests, Streams> {
  const post: Post = (message) => transport.post(message);
  const caller = new Caller(calls, post);
  const callee = new Callee(serves, post);
  let markClosed: (reason: Error) => void = () => undefined;
  const closed = new Promise<Error>((resolve) => (markClosed = resolve));
  let open = true;

  function close(reason: Error = protocolError('this side ended it')): void {
    if (!open) return;
    open = false;
    caller.close(reason);
    callee.close();
    markClosed(reason);
    transport.close();
  }

  transport.onMessage((message) => {
    try {
      if (open) dispatch(message, caller, callee);
    } catch (error) {
      close(error instanceof SluiceError ? error : protocolError(`a message could not be read (${String(error)})`));
    }
  });
  transport.onClose((reason = protocolError('the other side ended')) => close(reason));
  return { request: caller.request.bind(caller), stream: caller.stream.bind(caller), closed, close };
}

/** The answering side alone. */
export function serve(transport: Transport, serves: Service): { readonly closed: Promise<Error> } {
  return connect(transport, { requests: {}, streams: {} }, serves);
}

function dispatch(raw: unknown, caller: Pick<Caller<object, object>, 'receive'>, callee: Callee): void {
  const parsed = wireMessageSchema.safeParse(raw);
  if (!parsed.success) throw protocolError('a message arrived that is none of the channel’s');
  const message = parsed.data;
  if (message.type === 'event' || message.type === 'end' || message.type === 'failure') caller.receive(message);
  else callee.receive(message);
}
