/** What a browser test waits for before it looks at the window or keeps a picture of it: never for a while, but for what is to be seen. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Runs in the page: what still moves or is still to come, in words. What never ends is no unrest; what is out of sight may never come. */
const unrest = `[
  ...document.getAnimations()
    .filter(({ playState, effect }) => playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime))
    .map((motion) => motion.transitionProperty ?? motion.animationName ?? 'a motion'),
  ...[...document.images].filter(({ complete, loading }) => !complete && loading !== 'lazy').map(({ src }) => src),
]`;

/** Nothing slides or fades any more, and every picture has come. */
export async function atRest(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate<readonly string[]>(unrest)).toEqual([]);
}

/** The window follows the system, and the system is this now. */
export async function inTheme(page: Page, colorScheme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe(colorScheme);
  await atRest(page);
}

/** Every canvas that `selector` finds, and it finds some, shows something. */
export async function drawn(page: Page, selector: string): Promise<void> {
  const canvases = page.locator(selector);
  await expect.poll(() => canvases.count()).toBeGreaterThan(0);
  await expect.poll(() => page.evaluate(blankAmong(selector))).toBe(0);
}

/** Runs in the page: how many are transparent everywhere. */
const blankAmong = (
  selector: string,
): string => `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((canvas) => {
  const { width, height } = canvas;
  return width === 0 || canvas.getContext('2d').getImageData(0, 0, width, height).data.every((value) => value === 0);
}).length`;

/** Longer than anything takes that follows by itself, such as the sharper picture of what came to rest. */
const betweenLooksMs = 250;

/** What `picture` shows once it shows the same at two looks: base64 of a PNG. */
export async function still(picture: Locator): Promise<string> {
  let before = '';
  const isSame = async (): Promise<boolean> => {
    const last = before;
    before = (await picture.screenshot()).toString('base64');
    return before === last;
  };
  await expect.poll(isSame, { interval: betweenLooksMs }).toBe(true);
  return before;
}
