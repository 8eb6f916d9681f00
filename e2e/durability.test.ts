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

  test('without the browser’s databases everything of value is there', async () => {
    await page.evaluate(`(async () => {
      for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
      localStorage.clear();
      sessionStorage.clear();
    })()`);
    await page.reload();
    await ready(page);
    expect(await markersIn(page)).toBe(marks + 1);
    expect(await page.evaluate('indexedDB.databases().then((found) => found.length)')).toBeGreaterThan(0);
  });
});
