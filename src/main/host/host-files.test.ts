import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask, clipKey, enterAt, filmBytes, openTestHost } from './host.test-support';

describe('paths', () => {
  const traversals = [
    '/../secret.json',
    '/assets/../../secret.json',
    '/..%2fsecret.json',
    '/%2e%2e/secret.json',
    '/%2E%2E%2Fsecret.json',
    '/..%5csecret.json',
    '/..\\secret.json',
    '/%252e%252e/secret.json',
    '/%c0%ae%c0%ae/secret.json',
    '/index.html%00.js',
    '//secret.json',
    '//etc/passwd',
    '/./index.html',
    '/.hidden',
    '/assets/',
    '/assets//index-0a1b.js',
    '/file:///etc/passwd',
    '/C:/secret.json',
    `/media/${clipKey}/../../secret.json`,
    `/media/%2e%2e/proxy.mp4`,
    `/${'a'.repeat(5000)}`,
    'http://127.0.0.1/secret.json',
    '*',
  ];
  it.each(traversals)('%s is nothing', async (target) => {
    const { host } = await openTestHost();
    const answer = await ask(host.port, { target, headers: { Cookie: await enterAt(host) } });
    expect(answer.status).toBe(400);
    expect(answer.body.toString()).not.toContain('secret');
  });

  it('a link out of the folder leads nowhere', async () => {
    const { host, folder } = await openTestHost();
    await symlink(path.join(folder, 'secret.json'), path.join(folder, 'renderer', 'link.json'));
    await symlink(folder, path.join(folder, 'renderer', 'up'));
    const headers = { Cookie: await enterAt(host) };
    for (const target of ['/link.json', '/up/secret.json', '/notes.txt', '/missing.js', '/assets'])
      expect((await ask(host.port, { target, headers })).status, target).toBe(404);
  });

  it('serves the page, its assets for good, and HEAD without a body', async () => {
    const { host } = await openTestHost();
    const headers = { Cookie: await enterAt(host) };
    const page = await ask(host.port, { headers });
    expect(page.body.toString()).toContain('<title>studio</title>');
    expect(page.headers['cache-control']).toBe('no-store');
    const script = await ask(host.port, { target: '/assets/index-0a1b.js', headers });
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    const head = await ask(host.port, { method: 'HEAD', headers });
    expect(head.body).toHaveLength(0);
    expect(head.headers['content-length']).toBe(String(page.body.byteLength));
  });
});

describe('media', () => {
  const film = `/media/${clipKey}/proxy.mp4`;
  it.each([
    ['bytes=0-9', 206, filmBytes.subarray(0, 10), 'bytes 0-9/1000'],
    ['bytes=990-', 206, filmBytes.subarray(990), 'bytes 990-999/1000'],
    ['bytes=-10', 206, filmBytes.subarray(990), 'bytes 990-999/1000'],
    ['bytes=500-99999', 206, filmBytes.subarray(500), 'bytes 500-999/1000'],
    ['bytes=0-0', 206, filmBytes.subarray(0, 1), 'bytes 0-0/1000'],
    ['bytes=1000-', 416, Buffer.alloc(0), 'bytes */1000'],
    ['bytes=-0', 416, Buffer.alloc(0), 'bytes */1000'],
    ['bytes=9-1', 200, filmBytes, undefined],
    ['bytes=0-1,5-6', 200, filmBytes, undefined],
    ['frames=0-1', 200, filmBytes, undefined],
  ] as const)('%s of a film is %d', async (range, status, bytes, contentRange) => {
    const { host } = await openTestHost();
    const answer = await ask(host.port, { target: film, headers: { Cookie: await enterAt(host), Range: range } });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-range']).toBe(contentRange);
    expect(answer.headers['content-length']).toBe(String(bytes.byteLength));
    expect(answer.body.equals(bytes)).toBe(true);
  });

  it('is a film or a picture, whatever is asked for', async () => {
    const { host } = await openTestHost();
    const headers = { Cookie: await enterAt(host) };
    const type = async (target: string): Promise<string> =>
      (await ask(host.port, { target, headers })).headers['content-type'] ?? '';
    expect(await type(film)).toBe('video/mp4');
    expect(await type(`/media/${clipKey}/frame/3.png`)).toBe('image/png');
    expect(await type(`/media/${clipKey}/strip.png?frames=8&height=48`)).toBe('image/png');
  });

  it('is nothing for other clips, names and numbers', async () => {
    const { host } = await openTestHost();
    const headers = { Cookie: await enterAt(host) };
    for (const target of [
      `/media/${'d'.repeat(64)}/proxy.mp4`,
      `/media/${clipKey.slice(1)}/proxy.mp4`,
      `/media/${clipKey.toUpperCase()}/proxy.mp4`,
      `/media/${clipKey}`,
      `/media/${clipKey}/proxy.html`,
      `/media/${clipKey}/frame/-1.png`,
      `/media/${clipKey}/frame/99999999.png`,
      `/media/${clipKey}/strip.png`,
      `/media/${clipKey}/strip.png?frames=129&height=48`,
      `/media/${clipKey}/strip.png?frames=8&height=100000`,
      '/media',
    ])
      expect((await ask(host.port, { target, headers })).status, target).toBe(404);
    expect((await ask(host.port, { target: `/media/${clipKey}/strip.png?frames=1&frames=2`, headers })).status).toBe(
      400,
    );
  });
});
