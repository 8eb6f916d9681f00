import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { uploadPieceBytes } from '#shared/studio/media';
import { ask, enterAt, openTestHost, type Ask } from './host.test-support';

/** A host that expects one file, and what it took of it. */
async function openReceivingHost() {
  const taken: { readonly offset: number; readonly bytes: string }[] = [];
  const nothing = (): Promise<never> => Promise.reject(new Error('unused'));
  const { host } = await openTestHost({
    media: {
      ...{ proxy: nothing, frame: nothing, strip: nothing },
      uploadOf: (id) =>
        id === 'expected'
          ? {
              receive: (offset, bytes) => {
                taken.push({ offset, bytes: Buffer.from(bytes).toString() });
                return Promise.resolve();
              },
            }
          : undefined,
    },
  });
  const Cookie = await enterAt(host);
  const own = { Cookie, Origin: `http://127.0.0.1:${host.port}`, 'Content-Type': 'application/octet-stream' };
  const send = async (target = '/upload/expected/7', headers: Ask['headers'] = {}, body = 'piece'): Promise<number> =>
    (await ask(host.port, { method: 'POST', target, headers: { ...own, ...headers }, body })).status;
  return { host, own, taken, send };
}

it('takes a piece from a page of its own that was let in', async () => {
  const { send, taken } = await openReceivingHost();
  expect(await send()).toBe(204);
  expect(taken).toEqual([{ offset: 7, bytes: 'piece' }]);
});

it('takes nothing from anybody else, in no other form, and for nothing that is not expected', async () => {
  const { host, own, send, taken } = await openReceivingHost();
  expect(await send(undefined, { Cookie: null })).toBe(401);
  expect(await send(undefined, { Cookie: `sluice-${host.port}=${'A'.repeat(43)}` })).toBe(401);
  for (const Origin of [null, 'null', 'http://evil.example', `http://localhost:${host.port}`])
    expect(await send(undefined, { Origin }), String(Origin)).toBe(403);
  expect(await send(undefined, { Host: 'evil.example' })).toBe(403);
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', null])
    expect(await send(undefined, { 'Content-Type': type }), String(type)).toBe(415);
  for (const target of [
    '/upload/other/7',
    '/upload/expected/-1',
    '/upload/expected/1e3',
    `/upload/expected/${'9'.repeat(16)}`,
    '/upload/expected/7/more',
    '/upload/expected',
  ])
    expect(await send(target), target).toBe(404);
  for (const target of ['/upload/../expected/7', '/upload/%2e%2e/7', '/upload//7'])
    expect(await send(target), target).toBe(400);
  for (const method of ['GET', 'PUT', 'DELETE'])
    expect((await ask(host.port, { method, target: '/upload/expected/7', headers: own })).status, method).toBe(405);
  expect(taken).toEqual([]);
});

it('takes no piece whose length is not said, is too much, or is not what comes', async () => {
  const { host, own, send, taken } = await openReceivingHost();
  expect(
    await send(undefined, { 'Content-Length': null, 'Transfer-Encoding': 'chunked' }, '5\r\npiece\r\n0\r\n\r\n'),
  ).toBe(411);
  expect(await send(undefined, { 'Content-Length': '0' }, '')).toBe(411);
  expect(await send(undefined, { 'Content-Length': String(uploadPieceBytes + 1) })).toBe(413);
  const lines = Object.entries({ ...own, Host: `127.0.0.1:${host.port}`, 'Content-Length': '10' });
  const head = lines.map(([name, value]) => `${name}: ${value}`).join('\r\n');
  const socket = connect(host.port, '127.0.0.1', () => {
    socket.end(`POST /upload/expected/7 HTTP/1.1\r\n${head}\r\n\r\nhalf`);
  });
  await new Promise<void>((resolve) => socket.resume().on('close', () => resolve()));
  expect(taken).toEqual([]);
});
