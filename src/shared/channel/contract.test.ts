import { expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { service } from './callee';
import { connect } from './channel';
import { messagePortTransport } from './message-port-transport';
import type { RemoteStream } from './remote-stream';

const contract = {
  requests: { length: { request: z.strictObject({ text: z.string() }), response: z.int().brand<'Length'>() } },
  streams: { letters: { request: z.string(), event: z.strictObject({ letter: z.string() }) } },
};

test('types of calls and handlers follow from the schemas', () => {
  const { port1, port2 } = new MessageChannel();
  const channel = connect(messagePortTransport(port1), contract);
  type Asked = Parameters<typeof channel.request<'length'>>[1];
  expectTypeOf<Asked>().toEqualTypeOf<{ text: string }>();
  expectTypeOf(channel.request<'length'>).returns.resolves.toEqualTypeOf<number & z.core.$brand<'Length'>>();
  expectTypeOf(channel.stream<'letters'>).returns.toEqualTypeOf<RemoteStream<{ letter: string }>>();
  expectTypeOf(channel.request<'length'>)
    .parameter(0)
    .toEqualTypeOf<'length'>();

  const offered = service(contract, {
    requests: { length: ({ text }) => Promise.resolve(text.length) },
    streams: {
      letters: async function* (word) {
        expectTypeOf(word).toEqualTypeOf<string>();
        for (const letter of word) yield await Promise.resolve({ letter });
      },
    },
  });
  connect(messagePortTransport(port2), { requests: {}, streams: {} }, offered);

  // @ts-expect-error: a handler is missing
  service(contract, { requests: {}, streams: {} });
  // @ts-expect-error: no such call
  expectTypeOf(() => channel.request('width', { text: '' })).toBeFunction();
  // @ts-expect-error: a stream is not a request
  expectTypeOf(() => channel.request('letters', '')).toBeFunction();
  // @ts-expect-error: the payload of another type
  expectTypeOf(() => channel.request('length', { text: 1 })).toBeFunction();
  channel.close();
});
