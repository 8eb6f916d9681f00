import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { SluiceError } from '../errors';
import { service } from './callee';
import { connect, serve } from './channel';
import { closeAll, contract, heldTransport, offered, pair, until } from './channel.test-contract';

afterEach(closeAll);

describe('a peer that dies or misbehaves', () => {
  test('its death rejects everything pending and every later call, with the reason', async () => {
    const transport = heldTransport();
    const channel = connect(transport, contract);
    const request = channel.request('double', { value: 1 });
    const stream = channel.stream('count', 3);
    transport.arrive({ type: 'event', id: 2, payload: 0 });
    transport.cut();
    const crashed = { code: 'inference-crashed' };
    await expect(request).rejects.toMatchObject(crashed);
    expect(await stream.next()).toEqual({ done: false, value: 0 });
    await expect(stream.next()).rejects.toMatchObject(crashed);
    await stream.released;
    await expect(channel.request('double', { value: 1 })).rejects.toMatchObject(crashed);
    await expect(channel.stream('count', 3).next()).rejects.toMatchObject(crashed);
    expect(await channel.closed).toMatchObject(crashed);
  });

  test('its death aborts what it had running here', async () => {
    const { channel, seen } = pair();
    channel.request('wait', undefined).catch(() => undefined);
    await until(() => seen.waiting === true);
    channel.close();
    await until(() => seen.aborted);
  });

  const bad: readonly [string, unknown][] = [
    ['no object', 'hello'],
    ['an unknown type', { type: 'eval', id: 1 }],
    ['an extra member', { type: 'end', id: 1, more: true }],
    ['an answer to nothing', { type: 'end', id: 7 }],
    ['a payload of the wrong form', { type: 'event', id: 1, payload: 'one' }],
    ['an error of the wrong form', { type: 'failure', id: 1, error: { code: 'nonsense' } }],
  ];
  test.each(bad)('%s cuts it off: pending calls reject with channel-protocol', async (_, message) => {
    const transport = heldTransport();
    const channel = connect(transport, contract);
    const stream = channel.stream('count', 3);
    transport.arrive(message);
    await expect(stream.next()).rejects.toMatchObject({ code: 'channel-protocol' });
    expect(transport.closed).toBe(true);
  });

  test('more events than credit cut it off', async () => {
    const transport = heldTransport();
    const channel = connect(transport, contract);
    const stream = channel.stream('count', 3, undefined, 2);
    for (let i = 0; i < 3; i += 1) transport.arrive({ type: 'event', id: 1, payload: i });
    expect((await channel.closed).message).toContain('more events arrived than were asked for');
    expect((await stream.next()).value).toBe(0);
  });

  const badCalls: readonly [string, unknown[]][] = [
    ['an unknown name', [{ type: 'call', id: 1, name: 'format', payload: 0, credit: 1 }]],
    ['an inherited name', [{ type: 'call', id: 1, name: 'toString', payload: 0, credit: 1 }]],
    ['a wrong payload', [{ type: 'call', id: 1, name: 'double', payload: { value: 'x' }, credit: 1 }]],
    ['endless credit', [{ type: 'call', id: 1, name: 'count', payload: 3, credit: 1e12 }]],
    ['one id twice', [1, 1].map((id) => ({ type: 'call', id, name: 'wait', payload: undefined, credit: 1 }))],
    [
      'too many calls',
      Array.from({ length: 1025 }, (_, i) => ({
        type: 'call',
        id: i + 1,
        name: 'wait',
        payload: undefined,
        credit: 1,
      })),
    ],
  ];
  test.each(badCalls)('a caller that sends %s is cut off', async (_, messages) => {
    const transport = heldTransport();
    const { closed } = serve(transport, offered({ produced: 0, ended: false, aborted: false }));
    for (const message of messages) transport.arrive(message);
    expect(await closed).toMatchObject({ code: 'channel-protocol' });
    expect(transport.closed).toBe(true);
  });

  test('an answer that breaks the contract is caught where it arrives', async () => {
    const { channel } = pair();
    await expect(channel.request('lie', undefined)).rejects.toMatchObject({ code: 'channel-protocol' });
  });

  test('a handler that throws before it waits for anything answers with its error, and the channel lives on', async () => {
    const broken = service(
      {
        requests: { ask: { request: z.undefined(), response: z.undefined() } },
        streams: { tell: { request: z.undefined(), event: z.undefined() } },
      },
      {
        requests: {
          ask: () => {
            throw new SluiceError('disk-full', 'No space.');
          },
        },
        streams: {
          tell: () => {
            throw new SluiceError('artifact-missing', 'Nothing there.');
          },
        },
      },
    );
    const transport = heldTransport();
    serve(transport, broken);
    transport.arrive({ type: 'call', id: 1, name: 'ask', payload: undefined, credit: 1 });
    transport.arrive({ type: 'call', id: 2, name: 'tell', payload: undefined, credit: 1 });
    await until(() => transport.sent.length === 2);
    expect(transport.sent.toSorted((a, b) => a.id - b.id)).toMatchObject([
      { type: 'failure', id: 1, error: { code: 'disk-full' } },
      { type: 'failure', id: 2, error: { code: 'artifact-missing' } },
    ]);
    expect(transport.closed).toBe(false);
  });

  test('credit and cancellation for a call that is over are no fault', async () => {
    const transport = heldTransport();
    serve(transport, offered({ produced: 0, ended: false, aborted: false }));
    transport.arrive({ type: 'call', id: 1, name: 'double', payload: { value: 2 }, credit: 1 });
    await until(() => transport.sent.length === 2);
    transport.arrive({ type: 'credit', id: 1, credit: 1 });
    transport.arrive({ type: 'cancel', id: 1 });
    expect(transport.closed).toBe(false);
    expect(transport.sent).toEqual([
      { type: 'event', id: 1, payload: 4 },
      { type: 'end', id: 1 },
    ]);
  });
});
