import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { connect, serve, type Channel } from './channel';
import { contract, offered, until, type Observed } from './channel.test-contract';
import { decodeMessage, encodeMessage, mostMessageBytes } from './message-pack';
import { platformSocketEnd, socketTransport } from './websocket-transport';

type TestChannel = Channel<(typeof contract)['requests'], (typeof contract)['streams']>;

let server: WebSocketServer;
let seen: Observed;
beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  seen = { produced: 0, ended: false, aborted: false };
});
afterEach(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

function dial(): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

function dialled(): TestChannel {
  server.on('connection', (socket) => serve(socketTransport(platformSocketEnd(socket)), offered(seen)));
  return connect(socketTransport(platformSocketEnd(dial())), contract);
}

describe('a channel over a WebSocket', () => {
  it('answers what was asked before the connection stood', async () => {
    const channel = dialled();
    expect(await channel.request('double', { value: 21 })).toBe(42);
  });

  it('carries bytes, errors with their cause, and streams', async () => {
    const channel = dialled();
    const part = new Uint8Array(100_000).fill(7).subarray(10, 70_000);
    expect(await channel.request('echo', part)).toEqual(part);
    await expect(channel.request('fail', 'Nothing there.')).rejects.toMatchObject({
      code: 'artifact-missing',
      cause: { code: 'disk-full', details: { freeBytes: 0 } },
    });
    const counted: number[] = [];
    for await (const number of channel.stream('count', 50, undefined, 2)) counted.push(number);
    expect(counted).toHaveLength(50);
  });

  it('ends what runs when the connection does, on both sides', async () => {
    const channel = dialled();
    const events = channel.stream('count', 1_000_000, undefined, 1);
    await events.next();
    for (const client of server.clients) client.terminate();
    await channel.closed;
    await until(() => seen.ended);
  });

  it.each([
    ['text', (socket: WebSocket) => socket.send('hello')],
    ['bytes that are no MessagePack', (socket: WebSocket) => socket.send(Uint8Array.of(0xc1))],
    [
      'a list that claims four billion members',
      (socket: WebSocket) => socket.send(Uint8Array.of(0xdd, 255, 255, 255, 255)),
    ],
    ['another message', (socket: WebSocket) => socket.send(encodeMessage({ type: 'hello' }))],
  ])('cuts off a peer that sends %s', async (_, send) => {
    let reason: Error | undefined;
    server.on('connection', (socket) => {
      void serve(socketTransport(platformSocketEnd(socket)), offered(seen)).closed.then((error) => (reason = error));
    });
    const socket = dial();
    await once(socket, 'open');
    send(socket);
    await once(socket, 'close');
    expect(reason).toMatchObject({ code: 'channel-protocol' });
  });
});

describe('MessagePack', () => {
  it('gives back plain data and bytes, without what is undefined', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.uint8Array(), (value, bytes) => {
        fc.pre(!JSON.stringify(value).includes('__proto__'));
        const message = { value, bytes, absent: undefined };
        expect(decodeMessage(encodeMessage(message))).toEqual({ value: withoutNegativeZero(value), bytes });
      }),
    );
  });

  it('never throws on bytes from outside, and takes no prototype', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void decodeMessage(bytes)));
    const poison = Uint8Array.of(0x81, 0xa9, ...Buffer.from('__proto__'), 0x80);
    expect(decodeMessage(poison)).toBeUndefined();
    expect(decodeMessage(new Uint8Array(mostMessageBytes + 1))).toBeUndefined();
  });

  it('keeps whole numbers up to the largest seed', () => {
    expect(decodeMessage(encodeMessage({ seed: Number.MAX_SAFE_INTEGER }))).toEqual({ seed: Number.MAX_SAFE_INTEGER });
  });
});

/** An integer has no sign of zero. */
function withoutNegativeZero(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, member: unknown) => (Object.is(member, -0) ? 0 : member)) as unknown;
}
