/** Pictures of the window that tests leave in `e2e/out`, for people to look at. */
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { screenshots } from './studio.test-support';

/** One that is named by a theme has to show it: `inTheme` comes before. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const [, theme] = /-(dark|light)(?=-|$)/.exec(name) ?? [];
  if (theme !== undefined) expect(await page.locator('html').getAttribute('data-theme'), name).toBe(theme);
  await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}
