/** A contract with one call of every sort, both ends of it, and a transport that a test holds in its hands. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { cancellation, SluiceError } from '../errors';
import { service, type Service } from './callee';
import { connect, serve, type Channel } from './channel';
import { messagePortTransport } from './message-port-transport';
import type { Transport } from './transport';
import type { WireMessage } from './wire';

export const contract = {
  requests: {
    double: { request: z.strictObject({ value: z.int(), afterMs: z.int().default(0) }), response: z.int() },
    echo: { request: z.instanceof(Uint8Array), response: z.instanceof(Uint8Array) },
    fail: { request: z.string(), response: z.undefined() },
    wait: { request: z.undefined(), response: z.undefined() },
    lie: { request: z.undefined(), response: z.int() },
  },
  streams: {
    count: { request: z.int(), event: z.int() },
    frames: {
      request: z.strictObject({ count: z.int(), steps: z.int() }),
      event: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('step'), step: z.int() }),
        z.strictObject({ kind: z.literal('frame'), frame: z.int() }),
      ]),
      latestWins: (event: unknown) => (JSON.stringify(event).includes('frame') ? 'frame' : undefined),
    },
  },
};
type Requests = (typeof contract)['requests'];
type Streams = (typeof contract)['streams'];

export interface Observed {
  /** Events that the producer has handed over so far. */
  produced: number;
  ended: boolean;
  /** A request that waits has arrived. */
  waiting?: boolean;
  aborted: boolean;
}

export function offered(seen: Observed): Service {
  return service(contract, {
    requests: {
      double: async ({ value, afterMs }) => {
        if (afterMs > 0) await sleep(afterMs);
        return 2 * value;
      },
      echo: (bytes) => Promise.resolve(bytes),
      fail: (message) => {
        const cause = new SluiceError('disk-full', 'No space.', { details: { freeBytes: 0 } });
        return Promise.reject(new SluiceError('artifact-missing', message, { cause }));
      },
      wait: (_, signal) =>
        new Promise((_resolve, reject) => {
          seen.waiting = true;
          signal.addEventListener('abort', () => {
            seen.aborted = true;
            reject(cancellation());
          });
        }),
      lie: () => Promise.resolve(0.5),
    },
    streams: {
      count: async function* (upTo) {
        try {
          for (let i = 0; i < upTo; i += 1) {
            seen.produced += 1;
            yield await Promise.resolve(i);
          }
        } finally {
          seen.ended = true;
        }
      },
      frames: async function* ({ count, steps }) {
        for (let step = 0; step < steps; step += 1) {
          for (let i = 0; i < count; i += 1) {
            seen.produced += 1;
            yield await Promise.resolve({ kind: 'frame' as const, frame: step * count + i });
          }
          yield { kind: 'step' as const, step };
        }
      },
    },
  });
}

const open: Channel<Requests, Streams>[] = [];
/** For `afterEach`: open ports keep a process alive. */
export function closeAll(): void {
  for (const channel of open.splice(0)) channel.close();
}

export function pair(): { channel: Channel<Requests, Streams>; seen: Observed } {
  const { port1, port2 } = new MessageChannel();
  const seen = { produced: 0, ended: false, aborted: false };
  serve(messagePortTransport(port2), offered(seen));
  const channel = connect(messagePortTransport(port1), contract);
  open.push(channel);
  return { channel, seen };
}

/** Two ends in one thread; whoever holds it decides what arrives when. */
export function heldTransport(): Transport & {
  sent: WireMessage[];
  arrive: (message: unknown) => void;
  cut: () => void;
  closed: boolean;
} {
  let listener: (message: unknown) => void = () => undefined;
  let closeListener: (reason?: Error) => void = () => undefined;
  const transport = {
    sent: [] as WireMessage[],
    closed: false,
    post: (message: unknown) => {
      transport.sent.push(message as WireMessage);
      return Promise.resolve();
    },
    onMessage: (given: (message: unknown) => void) => void (listener = given),
    onClose: (given: (reason?: Error) => void) => void (closeListener = given),
    close: () => void (transport.closed = true),
    arrive: (message: unknown) => listener(message),
    cut: () => closeListener(new SluiceError('inference-crashed', 'It died.')),
  };
  return transport;
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(2);
}
