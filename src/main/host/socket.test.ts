import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect as connectSocket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { service } from '#shared/channel/callee';
import { connect, serve } from '#shared/channel/channel';
import { mostMessageBytes } from '#shared/channel/message-pack';
import { platformSocketEnd, socketTransport } from '#shared/channel/websocket-transport';
import { enterAt, openTestHost } from './host.test-support';
import type { Host } from './host';
import { mostMessagesPerSec, mostUnsentBytes } from './socket-end';

const contract = {
  requests: { echo: { request: z.instanceof(Uint8Array), response: z.instanceof(Uint8Array) } },
  streams: { flood: { request: z.int(), event: z.instanceof(Uint8Array) } },
};

const megabyte = new Uint8Array(1024 ** 2);
/** Sends a megabyte again and again, as fast as credit allows. */
const echoing = service(contract, {
  requests: { echo: (bytes) => Promise.resolve(bytes) },
  streams: {
    flood: async function* (megabytes) {
      for (let i = 0; i < megabytes; i += 1) yield await Promise.resolve(megabyte);
    },
  },
});

function dial(host: Host, headers: Record<string, string>, path = '/channel'): WebSocket {
  const own = { Origin: `http://127.0.0.1:${host.port}` };
  return new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers: { ...own, ...headers } });
}

async function refusalOf(socket: WebSocket): Promise<number> {
  socket.on('error', () => undefined);
  const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  return answer.statusCode ?? 0;
}

describe('the upgrade', () => {
  it('carries the channel for a page that was let in', async () => {
    const { host, channels } = await openTestHost();
    const socket = dial(host, { Cookie: await enterAt(host) });
    await once(socket, 'open');
    const [transport] = channels;
    if (transport === undefined) throw new Error('no channel');
    serve(transport, echoing);
    const channel = connect(socketTransport(platformSocketEnd(socket)), contract);
    expect(await channel.request('echo', Uint8Array.of(1, 2, 3))).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('refuses other names, other pages, no page, no cookie and other paths', async () => {
    const { host, channels } = await openTestHost();
    const cookie = await enterAt(host);
    expect(await refusalOf(dial(host, {}))).toBe(401);
    expect(await refusalOf(dial(host, { Cookie: `sluice-${host.port}=${'A'.repeat(43)}` }))).toBe(401);
    for (const Origin of ['null', 'http://evil.example', `http://localhost:${host.port}`])
      expect(await refusalOf(dial(host, { Cookie: cookie, Origin }))).toBe(403);
    expect(await refusalOf(dial(host, { Cookie: cookie, Host: 'evil.example' }))).toBe(403);
    const withoutOrigin = new WebSocket(`ws://127.0.0.1:${host.port}/channel`, { headers: { Cookie: cookie } });
    expect(await refusalOf(withoutOrigin)).toBe(403);
    expect(await refusalOf(dial(host, { Cookie: cookie }, '/other'))).toBe(404);
    expect(await refusalOf(dial(host, { Cookie: cookie }, '/channel/%41'))).toBe(400);
    expect(channels).toHaveLength(0);
  });

  it('has an end to how many', async () => {
    const { host } = await openTestHost();
    const Cookie = await enterAt(host);
    for (let i = 0; i < 32; i += 1) await once(dial(host, { Cookie }), 'open');
    expect(await refusalOf(dial(host, { Cookie }))).toBe(503);
  });
});

describe('clients that misbehave', () => {
  it('are cut off for a message above the limit', async () => {
    const { host, channels } = await openTestHost();
    const socket = dial(host, { Cookie: await enterAt(host) });
    await once(socket, 'open');
    channels[0]?.onMessage(() => expect.unreachable('it was delivered'));
    socket.on('error', () => undefined);
    socket.send(Buffer.alloc(mostMessageBytes + 1));
    const [code] = (await once(socket, 'close')) as [number];
    expect([1009, 1006]).toContain(code);
  });

  it('are cut off for more messages than anybody needs', async () => {
    // All in one second, however long it takes.
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { host, channels } = await openTestHost();
    const socket = dial(host, { Cookie: await enterAt(host) });
    await once(socket, 'open');
    let heard = 0;
    channels[0]?.onMessage(() => (heard += 1));
    for (let i = 0; i < 3 * mostMessagesPerSec; i += 1) socket.send(Uint8Array.of(0));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1008);
    expect(heard).toBe(mostMessagesPerSec);
  });

  it('cost bounded memory when they ask for much and read nothing', async () => {
    const { host, channels } = await openTestHost();
    const socket = dial(host, { Cookie: await enterAt(host) });
    await once(socket, 'open');
    const [transport] = channels;
    if (transport === undefined) throw new Error('no channel');
    const served = serve(transport, echoing);
    const channel = connect(socketTransport(platformSocketEnd(socket)), contract);
    socket.pause();
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 200; i += 1)
      void channel
        .stream('flood', 1000, undefined, 1000)
        .next()
        .catch(() => undefined);
    await served.closed;
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 * mostUnsentBytes);
  });

  it('that vanish without a word are noticed', async () => {
    const { host, channels } = await openTestHost({ pingMs: 50 });
    const cookie = await enterAt(host);
    const socket = connectSocket(host.port, '127.0.0.1');
    socket.write(
      `GET /channel HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nOrigin: http://127.0.0.1:${host.port}\r\nCookie: ${cookie}\r\n` +
        'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    );
    while (channels.length === 0) await wait(5);
    await new Promise<void>((resolve) => channels[0]?.onClose(() => resolve()));
    socket.destroy();
  });

  it('that send half a request hold nothing up', async () => {
    const { host } = await openTestHost();
    const socket = connectSocket(host.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: 127.0.');
    const other = dial(host, { Cookie: await enterAt(host) });
    await once(other, 'open');
    socket.destroy();
  });
});
