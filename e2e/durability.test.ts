/**
 * What must never be lost: edits made while a window is reloaded, what another window or another Sluice does, and nothing at all when the
 * browser's own memory is wiped. In a real browser, on the real main.
 */
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { inChromium } from './in-chromium.test-support';
import { startMain } from './studio.test-support';

const marks = 12;

inChromium('what must never be lost', {}, (studio) => {
  let page: Page;
  beforeAll(() => {
    ({ page } = studio);
  });

  const markersIn = async (window: Page): Promise<number> => {
    await window.keyboard.press('Shift+KeyM');
    const list = window.getByRole('dialog', { name: 'Markers' });
    await list.waitFor();
    const count = await list.getByRole('listitem').count();
    await window.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    return count;
  };
  const ready = (window: Page) => window.getByRole('heading', { level: 1 }).waitFor();
  async function mark(window: Page, times: number): Promise<void> {
    for (let at = 0; at < times; at += 1) {
      await window.keyboard.press('ArrowRight');
      await window.keyboard.press('KeyM');
    }
  }

  const lane = (window: Page, stage: string) => window.getByRole('button', { name: new RegExp(`^${stage} `) });
  /** Waits until the last stage is at `least` or further, and says where. */
  async function stepOf(window: Page, least: number): Promise<number> {
    const status = window
      .getByRole('status')
      .filter({ hasText: /ssr-768: step \d+ of 1000/ })
      .first();
    let step = 0;
    const read = async (): Promise<number> => {
      const [, said] = /step (\d+) of/.exec((await status.textContent()) ?? '') ?? [];
      return (step = Number(said));
    };
    await expect.poll(read, { timeout: 60_000 }).toBeGreaterThanOrEqual(least);
    return step;
  }
  /** Its process ends as if by a fault; nothing of the page is asked or told before. */
  async function crash(window: Page): Promise<void> {
    const crashed = new Promise((resolve) => window.once('crash', resolve));
    const session = await window.context().newCDPSession(window);
    // It never answers: what would answer is gone.
    session.send('Page.crash').catch(() => undefined);
    await crashed;
    await window.close();
  }

  test('a reload in the middle of edits keeps every one of them', async () => {
    // All of them and the reload in one task of the page: main can have answered none.
    await page.evaluate(`(() => {
      for (let at = 0; at < ${marks}; at += 1)
        window.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyM', key: 'm', cancelable: true }));
      location.reload();
    })()`);
    await page.waitForEvent('load');
    await ready(page);
    await expect.poll(() => markersIn(page), { timeout: 10_000 }).toBe(marks);
  });

  test('two windows of one studio work on the same project, each sees the other at once', async () => {
    const other = await studio.openWindow();
    await mark(other, 1);
    await expect.poll(() => markersIn(page)).toBe(marks + 1);
    await page.keyboard.press('Control+KeyZ');
    await expect.poll(() => markersIn(other)).toBe(marks);
    await other.close();
  });

  test('opened by a second Sluice it is read only, says so, and follows what happens in the first', async () => {
    const second = await startMain(studio.folder);
    try {
      const context = await studio.browser.newContext();
      const reader = await context.newPage();
      await reader.goto(second.invite());
      await ready(reader);
      await reader
        .getByText(/read.only/i)
        .first()
        .waitFor();
      expect(await markersIn(reader)).toBe(marks);
      await mark(page, 1);
      await expect.poll(() => markersIn(reader), { timeout: 15_000 }).toBe(marks + 1);
      await reader.keyboard.press('KeyM');
      await expect.poll(() => markersIn(reader)).toBe(marks + 1);
      expect(await markersIn(page)).toBe(marks + 1);
      await context.close();
    } finally {
      await second.close();
    }
  });

  test('a page that crashes while a shot is made loses no edit; a new one finds the job going on, and follows it', async () => {
    const marksBefore = await markersIn(page);
    await page.getByLabel('Describe a new shot').fill('a red boat');
    await page.keyboard.press('Enter');
    await lane(page, 'base').filter({ hasText: 'Done' }).waitFor();
    await lane(page, 'ssr-768').click();
    const inspector = page.getByRole('region', { name: 'Inspector' });
    // As many as take until the test is over.
    await inspector.getByRole('spinbutton', { name: 'Steps' }).fill('1000');
    await inspector.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
    await inspector.getByRole('button', { name: 'Run', exact: true }).click();
    const before = await stepOf(page, 1);
    await page.evaluate('document.activeElement.blur()');
    await mark(page, 3);
    await crash(page);

    const next = await studio.openWindow();
    const found = await stepOf(next, before);
    await stepOf(next, found + 1);
    await next
      .getByRole('option', { name: /a red boat/ })
      .first()
      .press('Enter');
    await lane(next, 'ssr-768')
      .filter({ hasText: /Step \d+\/1000/ })
      .waitFor();
    await next.evaluate('document.activeElement.blur()');
    expect(await markersIn(next)).toBe(marksBefore + 3);
    await next.getByRole('region', { name: 'Inspector' }).getByRole('button', { name: 'Cancel', exact: true }).click();
    page = next;
  });

  test('without the browser’s databases everything of value is there', async () => {
    await page.evaluate(`(async () => {
      for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
      localStorage.clear();
      sessionStorage.clear();
    })()`);
    await page.reload();
    await ready(page);
    expect(await markersIn(page)).toBe(marks + 4);
    expect(await page.evaluate('indexedDB.databases().then((found) => found.length)')).toBeGreaterThan(0);
  });
});
