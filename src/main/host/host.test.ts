import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { ask, clipKey, enterAt, openTestHost, postToken } from './host.test-support';
import { openHost } from './host';

/** One of each kind of route. */
const routes = ['/', '/assets/index-0a1b.js', `/media/${clipKey}/proxy.mp4`, `/media/${clipKey}/frame/3.png`, '/enter'];

describe('where it listens', () => {
  it('is on loopback only', async () => {
    const { host } = await openTestHost();
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) expect(await connects(address, host.port, refusalMs)).toBe(false);
    expect(await connects('127.0.0.1', host.port)).toBe(true);
  });

  it('takes the next free port where the wanted one is in use, and says so', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { host } = await openTestHost({ port });
    expect(host.port).toBeGreaterThan(port);
    expect(new URL(host.invite()).port).toBe(String(host.port));
    other.close();
  });

  it('gives up with a remedy where none of the next ports is free', async () => {
    await expect(openHost({ ...(await unusedOptions()), port: 65_536 })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  });
});

describe('letting in', () => {
  it('changes a one-time token for a cookie that no script reads and no other site sends', async () => {
    const { host } = await openTestHost();
    const url = new URL(host.invite());
    expect(url.search).toBe('');
    const answer = await postToken(host.port, url.hash.slice(1));
    expect(answer.status).toBe(204);
    expect(answer.headers['set-cookie']).toMatch(
      new RegExp(`^sluice-${host.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect((await postToken(host.port, url.hash.slice(1))).status).toBe(401);
  });

  it('tells whoever serves that somebody came in', async () => {
    let entered = 0;
    const { host } = await openTestHost({ onEntered: () => (entered += 1) });
    await postToken(host.port, 'wrong');
    expect(entered).toBe(0);
    await enterAt(host);
    expect(entered).toBe(1);
  });

  it('shows the way in, and nothing more, to whoever has not come in', async () => {
    const { host } = await openTestHost();
    const page = await ask(host.port, { target: '/enter' });
    expect(page.status).toBe(200);
    expect(page.body.toString()).toContain('/enter.js');
    const locked = await ask(host.port, {});
    expect(locked.status).toBe(401);
    expect(locked.body.toString()).not.toContain('studio</title>');
  });

  it('refuses forms, other types, long bodies and other methods', async () => {
    const { host } = await openTestHost();
    for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', ''])
      expect((await postToken(host.port, 'x', { 'Content-Type': type })).status).toBe(415);
    expect((await postToken(host.port, 'x'.repeat(5000))).status).toBe(413);
    const origin = `http://127.0.0.1:${host.port}`;
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect((await ask(host.port, { method, target: '/enter', headers: { Origin: origin } })).status).toBe(405);
  });

  it('opens nothing by GET: a token in the address is no token', async () => {
    const { host } = await openTestHost();
    const token = new URL(host.invite()).hash.slice(1);
    const answer = await ask(host.port, { target: `/enter?token=${token}` });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect((await postToken(host.port, token)).status).toBe(204);
  });
});

describe('every route', () => {
  it.each(routes)('%s answers to its own names only', async (target) => {
    const { host } = await openTestHost();
    const cookie = await enterAt(host);
    for (const name of ['127.0.0.1', 'localhost', '[::1]', 'LOCALHOST']) {
      const headers = { Host: `${name}:${host.port}`, Cookie: cookie };
      expect((await ask(host.port, { target, headers })).status).toBe(200);
    }
    for (const name of [
      'evil.example',
      `evil.example:${host.port}`,
      '127.0.0.1',
      'localhost',
      `127.0.0.1:${host.port + 1}`,
      `127.0.0.1.evil.example:${host.port}`,
      `0.0.0.0:${host.port}`,
      `[::ffff:127.0.0.1]:${host.port}`,
      `127.1:${host.port}`,
      `localhost.:${host.port}`,
    ])
      expect((await ask(host.port, { target, headers: { Host: name, Cookie: cookie } })).status, name).toBe(403);
    expect((await ask(host.port, { target, headers: { Host: null, Cookie: cookie } })).status).toBe(400);
  });

  it.each(routes)('%s refuses pages of other origins, also with the cookie', async (target) => {
    const { host } = await openTestHost();
    const cookie = await enterAt(host);
    const own = `http://127.0.0.1:${host.port}`;
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await ask(host.port, { target, headers: { Cookie: cookie, ...headers } })).status;
    expect(await status({ Origin: own })).toBe(200);
    for (const origin of [
      'null',
      'http://evil.example',
      'file://',
      `https://127.0.0.1:${host.port}`,
      `http://127.0.0.1:${host.port + 1}`,
      `http://localhost:${host.port}`,
      `${own}.evil.example`,
      `${own}/`,
    ])
      expect(await status({ Origin: origin }), origin).toBe(403);
    expect(await status({ 'Sec-Fetch-Site': 'same-origin' })).toBe(200);
    for (const site of ['cross-site', 'same-site'])
      expect(await status({ 'Sec-Fetch-Site': site, 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' })).toBe(
        403,
      );
  });

  it.each(routes)('%s takes nothing but looking, and a post needs its page', async (target) => {
    const { host } = await openTestHost();
    const cookie = await enterAt(host);
    const origin = `http://127.0.0.1:${host.port}`;
    const post = async (headers: Record<string, string>): Promise<number> =>
      (await ask(host.port, { method: 'POST', target, headers: { Cookie: cookie, ...headers }, body: 'a=b' })).status;
    expect(await post({ Origin: origin })).toBe(target === '/enter' ? 415 : 405);
    for (const headers of [{}, { Origin: 'null' }, { Origin: 'http://evil.example' }])
      expect(await post(headers)).toBe(403);
  });

  it.each(routes.filter((route) => route !== '/enter'))('%s needs the cookie', async (target) => {
    const { host } = await openTestHost();
    const { host: other } = await openTestHost();
    const cookie = await enterAt(host);
    const foreign = await enterAt(other);
    const value = cookie.split('=')[1] ?? '';
    for (const sent of [
      null,
      '',
      `sluice-${host.port}=`,
      `sluice-${host.port}=${'A'.repeat(43)}`,
      `sluice-${other.port}=${value}`,
      foreign,
      `sluice-${host.port}=${foreign.split('=')[1] ?? ''}`,
      `x${cookie}`,
    ])
      expect((await ask(host.port, { target, headers: { Cookie: sent } })).status, String(sent)).toBe(401);
    expect((await ask(host.port, { target, headers: { Cookie: `a=b; ${cookie}; c=d` } })).status).toBe(200);
  });

  it.each(routes)('%s says what a browser may do with it', async (target) => {
    const { host } = await openTestHost();
    const { headers } = await ask(host.port, { target, headers: { Cookie: await enterAt(host) } });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

/** A firewall may answer nothing at all. */
const refusalMs = 1000;

function connects(address: string, port: number, limitMs = 0): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
    socket.setTimeout(limitMs, () => {
      socket.destroy();
      resolve(false);
    });
  });
}

async function unusedOptions(): Promise<Parameters<typeof openHost>[0]> {
  const nothing = (): Promise<never> => Promise.reject(new Error('unused'));
  const media = { proxy: nothing, frame: nothing, strip: nothing };
  return await Promise.resolve({ port: 0, rendererFolder: '/nowhere', media, onChannel: () => undefined });
}
