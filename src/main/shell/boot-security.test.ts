/** What no page may do, in the built Electron main: windows' switches, permissions, navigation, and the scheme they are served by. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { boot, windowsOf } from './booted-shell.test-support';

describe('a window', () => {
  it('is sandboxed, isolated, without Node, and shows the studio once it is painted', async () => {
    const shell = await boot();
    const [window] = await windowsOf(shell);
    expect(window?.options['webPreferences']).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: true,
      preload: path.resolve(import.meta.dirname, '../../../out/preload.cjs'),
    });
    expect(window?.url).toBe('sluice://studio/');
    expect(window?.options).toMatchObject({ show: false, backgroundColor: '#161616' });
    await expect.poll(async () => (await shell.order('state')).windows[0]?.isShown).toBe(true);
    const { calls, schemes, paths } = await shell.order('state');
    expect(calls.indexOf('enableSandbox')).toBeLessThan(calls.indexOf('whenReady'));
    expect(calls.indexOf('registerSchemesAsPrivileged')).toBeLessThan(calls.indexOf('whenReady'));
    expect(schemes).toMatchObject([{ scheme: 'sluice', privileges: { standard: true, secure: true, stream: true } }]);
    expect(JSON.stringify(schemes)).not.toMatch(/bypassCSP|allowServiceWorkers|corsEnabled/);
    expect(paths['userData']).toBe(path.join(shell.folder, 'home', 'windows'));
  });

  it('may copy text, gets no other permission by request or by check, and downloads nothing', async () => {
    const shell = await boot();
    await windowsOf(shell);
    for (const name of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'hid', 'fullscreen'])
      expect(await shell.order('permission', { name }), name).toEqual({ request: false, check: false, device: false });
    const copying = await shell.order('permission', { name: 'clipboard-sanitized-write' });
    expect(copying).toEqual({ request: true, check: true, device: false });
    expect(await shell.order('sessionEvent', { name: 'will-download' })).toBe(true);
    expect((await shell.order('state')).calls).toContain('spellChecker false');
  });

  it('loads from its own origin alone', async () => {
    const shell = await boot();
    await windowsOf(shell);
    for (const url of ['sluice://studio/assets/x.js', 'blob:sluice://studio/1-2', 'data:image/png;base64,AA'])
      expect(await shell.order('mayLoad', { url }), url).toBe(true);
    for (const url of ['https://evil.example/', 'http://127.0.0.1:7420/', 'ws://evil.example', 'file:///etc/passwd'])
      expect(await shell.order('mayLoad', { url }), url).toBe(false);
  });

  it('stays where it is, and opens nothing but links to a few hosts, in the browser', async () => {
    const shell = await boot();
    const [window] = await windowsOf(shell);
    const id = window?.id ?? 0;
    const prevented = (name: string, details: object): Promise<boolean> =>
      shell.order('contentsEvent', { window: id, name, details });
    for (const url of ['https://evil.example/', 'file:///home/a.mp4', 'sluice://elsewhere/', 'data:text/html,x']) {
      expect(await prevented('will-navigate', { url }), url).toBe(true);
      expect(await prevented('will-frame-navigate', { url, isMainFrame: true }), url).toBe(true);
      expect(await shell.order('openWindow', { window: id, url }), url).toEqual({ action: 'deny' });
    }
    expect(await prevented('will-navigate', { url: 'sluice://studio/' })).toBe(false);
    expect(await prevented('will-frame-navigate', { url: 'sluice://studio/', isMainFrame: false })).toBe(true);
    expect(await prevented('will-redirect', { url: 'sluice://studio/' })).toBe(true);
    expect(await prevented('will-attach-webview', {})).toBe(true);
    expect((await shell.order('state')).external).toEqual([]);
    expect(await shell.order('openWindow', { window: id, url: 'https://arxiv.org/abs/1' })).toEqual({ action: 'deny' });
    expect((await shell.order('state')).external).toEqual(['https://arxiv.org/abs/1']);
  });

  it('is loaded again when its page crashes, until that is hopeless', async () => {
    const shell = await boot();
    const [window] = await windowsOf(shell);
    const crash = (reason: string): Promise<boolean> =>
      shell.order('contentsEvent', { window: window?.id ?? 0, name: 'render-process-gone', details: { reason } });
    await crash('clean-exit');
    for (let i = 0; i < 3; i += 1) await crash('crashed');
    await expect
      .poll(async () => (await shell.order('state')).windows[0]?.done)
      .toEqual(['reload', 'reload', 'reload']);
    await crash('oom');
    expect(await shell.exited).toBe(0);
  });
});

describe('the scheme', () => {
  it('serves the page and its assets, with a strict policy', async () => {
    const shell = await boot();
    await windowsOf(shell);
    const page = await shell.order('request', { url: 'sluice://studio/' });
    expect(page.status).toBe(200);
    const html = Buffer.from(page.body).toString();
    expect(html).toContain('id="studio"');
    const policy = page.headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toMatch(/unsafe-eval|https?:|ws:|\*/);
    expect(page.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    const script = /src="\.?(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? '';
    const asset = await shell.order('request', { url: `sluice://studio${script}` });
    expect(asset.headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  it('has nothing beside its folder, however that is spelled', async () => {
    const shell = await boot();
    await windowsOf(shell);
    for (const target of [
      ...['/../package.json', '/%2e%2e/package.json', '/..%5cpackage.json', '/%252e%252e/package.json', '//etc/passwd'],
      ...['/index.html%00.js', '/C:/secret.json', '/.hidden', '/media/..%2f..%2fpackage.json'],
    ]) {
      const { status, body } = await shell.order('request', { url: `sluice://studio${target}` });
      expect(status, target).toBe(400);
      expect(Buffer.from(body).toString()).not.toContain('dependencies');
    }
  });

  it('answers to its own name and to looking only', async () => {
    const shell = await boot();
    await windowsOf(shell);
    const status = async (url: string, method = 'GET'): Promise<number> =>
      (await shell.order('request', { url, method })).status;
    expect(await status('sluice://elsewhere/')).toBe(403);
    expect(await status('sluice://studio@elsewhere/')).toBe(403);
    for (const method of ['POST', 'PUT', 'DELETE']) expect(await status('sluice://studio/', method)).toBe(405);
    const head = await shell.order('request', { url: 'sluice://studio/', method: 'HEAD' });
    expect([head.status, head.body.byteLength]).toEqual([200, 0]);
    expect(await status('sluice://studio/missing.js')).toBe(404);
  });
});
