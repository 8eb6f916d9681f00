/** The studio in a real Electron window, by Playwright's driver. Where there is no Electron to run, nothing here is run, and that is said. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { electronProgram, hasDisplay } from '../scripts/setup/electron.mjs';
import { keepPicture } from './pictures.test-support';
import { accessibilityProblems, screenshots } from './studio.test-support';

const root = path.resolve(import.meta.dirname, '..');
const program = electronProgram();

/** Why nothing can be run here; undefined where it can. */
const hindrance =
  program === undefined
    ? 'no Electron binary (npm run setup -- --for start)'
    : !hasDisplay()
      ? 'no display (xvfb-run npm test)'
      : process.platform === 'linux' && process.getuid?.() === 0
        ? 'Electron does not run as root'
        : undefined;
if (hindrance !== undefined) process.stderr.write(`e2e: Electron not run: ${hindrance}\n`);

describe.skipIf(hindrance !== undefined)('the studio in an Electron window', { timeout: 120_000 }, () => {
  let folder: string;
  let electron: ElectronApplication;
  let page: Page;

  async function open(): Promise<void> {
    electron = await _electron.launch({
      ...(program !== undefined && { executablePath: program }),
      args: [path.join(root, 'out/shell.js')],
      env: { ...process.env, SLUICE_HOME: path.join(folder, 'home') },
    });
    page = await electron.firstWindow();
    await page.getByRole('heading', { level: 1 }).waitFor();
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sluice-electron-'));
    await mkdir(path.join(folder, 'home'), { recursive: true });
    await writeFile(path.join(folder, 'home/settings.json'), JSON.stringify({ hasSeenTour: true, language: 'en' }));
    await mkdir(screenshots, { recursive: true });
    await open();
  }, 120_000);
  afterAll(async () => {
    await electron.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('has a page without Node, in the sandbox, isolated from its preload script', async () => {
    const powers = await page.evaluate(
      "[typeof process, typeof require, typeof Buffer, typeof window.electron, location.origin].join(' ')",
    );
    expect(powers).toBe('undefined undefined undefined undefined sluice://studio');
    expect(await page.evaluate('Object.keys(window.sluiceDesktop).join()')).toBe('pathOf');
  });

  test('keeps its page to itself: no inline script, no eval, no other origin, no other window', async () => {
    expect(await page.evaluate("fetch('https://example.com').then(() => 'loaded', () => 'refused')")).toBe('refused');
    expect(await page.evaluate("fetch('file:///etc/hostname').then(() => 'loaded', () => 'refused')")).toBe('refused');
    expect(
      await page.evaluate(
        "(document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' })), window.ran === true)",
      ),
    ).toBe(false);
    await page.evaluate("window.open('https://example.com'), location.assign('https://example.com')");
    // That nothing comes of it is seen only while time passes.
    await page.waitForTimeout(300);
    expect([page.url(), electron.windows().length]).toEqual(['sluice://studio/', 1]);
  });

  test('makes a shot from a prompt, moving, and finds it again when the page is loaded anew', async () => {
    await page.getByLabel('Describe a new shot').fill('a red boat sails past <b>snowy</b> mountains');
    await page.keyboard.press('Enter');
    const clip = page.getByRole('option', { name: /a red boat/ });
    await clip.waitFor();
    await page
      .getByRole('button', { name: /^base / })
      .filter({ hasText: 'Done' })
      .waitFor({ timeout: 60_000 });
    await keepPicture(page, 'electron');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.reload();
    await clip.waitFor();
  });

  test('goes on after its page has crashed', async () => {
    await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    const title = (): Promise<string | undefined> =>
      electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());
    await expect.poll(title, { timeout: 30_000 }).toContain('Sluice');
    const isAlive = (): Promise<boolean | undefined> =>
      electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isCrashed());
    await expect.poll(isAlive, { timeout: 30_000 }).toBe(false);
  });

  test('has a menu bar, and closes', async () => {
    const labels = await electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label));
    expect(labels).toContain('Edit');
    await electron.close();
    await open();
    await page.getByRole('option', { name: /a red boat/ }).waitFor();
  });
});
