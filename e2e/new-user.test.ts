/**
 * A person who was never here makes a first film: one browser, one studio, from the sample that moves to a file that plays. Every stop
 * is kept as a picture in both themes (`e2e/out/new-user-*.png`), and what was measured in `new-user.json`. With trained networks:
 * `SLUICE_TEST_PACK=models/starter npx vitest run --project e2e e2e/new-user.test.ts`.
 */
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { locateFfmpeg } from '#main/media/ffmpeg';
import { runFfmpeg } from '#main/media/run-ffmpeg';
import { inTheme } from './at-rest.test-support';
import { firstPreview, type FirstPreview } from './first-preview.test-support';
import { inChromium } from './in-chromium.test-support';
import { layoutShift, mostLayoutShift, watchLayout, type LayoutShift } from './layout-shift.test-support';
import { builtInPack, patience, screenshots } from './studio.test-support';

const prompts = ['a red boat sails past snowy mountains', 'a blue fox runs through the rain'] as const;
/** The longest that a base, and that the whole ladder or an export, may take. */
const [baseMs, ladderMs] = [60_000 * patience, 120_000 * patience];
const stages = ['base', 'tsr-6', 'ssr-48', 'ssr-192', 'tsr-12', 'tsr-24', 'ssr-768'] as const;

inChromium('a new person', { isFirstStart: true, initScript: watchLayout }, (studio) => {
  let page: Page;
  const measured: Record<string, FirstPreview | LayoutShift | string> = { pack: path.relative('.', builtInPack) };
  beforeAll(() => {
    ({ page } = studio);
  });
  afterAll(async () => {
    await writeFile(path.join(screenshots, 'new-user.json'), `${JSON.stringify(measured, null, 2)}\n`);
  });

  const clips = () => page.getByRole('option', { name: / from / });
  const lane = (stage: string) => page.getByRole('button', { name: new RegExp(`^${stage} `) });
  /** Stages that were made and kept, of whatever take. */
  const made = async () =>
    (await readdir(path.join(studio.folder, 'home/artifacts'))).filter((name) => name.endsWith('.json')).length;

  async function keep(name: string): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await inTheme(page, colorScheme);
      await page.screenshot({ path: path.join(screenshots, `new-user-${name}-${colorScheme}.png`) });
    }
  }

  async function choose(menu: string, option: RegExp): Promise<void> {
    await page.getByRole('combobox', { name: menu }).click();
    await page.getByRole('option', { name: option }).click();
  }

  const halves = async () => halvesSchema.parse(await page.evaluate(halvesShown));

  /** Both halves of a stage's picture once it is there, and the same at two looks. */
  async function pictureOf(stage: RegExp): Promise<Halves> {
    await choose('What is shown', stage);
    let last: Halves | undefined;
    const isSame = async (): Promise<boolean> => {
      const before = last;
      last = await halves();
      return last.isLit && before?.left === last.left && before.right === last.right;
    };
    await expect.poll(isSame, { interval: betweenLooksMs }).toBe(true);
    return halves();
  }

  test('sees the sample move, and skips the tour', async () => {
    // Until the tour is gone it is all that can be reached.
    await page.getByRole('button', { name: 'Skip the tour' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sample' }).waitFor();
    const viewer = () => page.locator('#viewer').screenshot();
    const first = await viewer();
    await expect.poll(async () => (await viewer()).equals(first), { timeout: 20_000 }).toBe(false);
    await keep('1-sample');
    await page.keyboard.press('KeyK');
  });

  test('begins a project, types a prompt, sees it move while it is made, and it stops at the base', async () => {
    await page.getByRole('button', { name: 'Sample: other projects' }).click();
    await page.getByRole('button', { name: 'New project' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('First film');
    await page.keyboard.press('Enter');
    await page
      .getByRole('heading', { level: 1, name: 'First film', exact: true, includeHidden: true })
      .waitFor({ state: 'attached' });
    measured['firstPreviewCold'] = await firstPreview(page, prompts[0]);
    await lane('base').filter({ hasText: 'Done' }).waitFor({ timeout: baseMs });
    for (const stage of stages.slice(1)) expect(await lane(stage).textContent()).toContain('Not made');
    await keep('2-base');
  });

  test('draws an oscillation window for the third stage; that and what follows is made again, nothing before it', async () => {
    await page.keyboard.press('Shift+KeyG');
    await lane('ssr-768').filter({ hasText: 'Done' }).waitFor({ timeout: ladderMs });
    const before = await made();
    await lane('ssr-48').click();
    await page.getByRole('radio', { name: 'Oscillating' }).click();
    await page.getByRole('slider', { name: 'To step' }).press('ArrowLeft');
    await lane('ssr-768').filter({ hasText: 'Stale' }).waitFor();
    expect(await lane('tsr-6').textContent()).toContain('Done');
    await keep('3-stale');
    await page.keyboard.press('Shift+KeyG');
    await lane('ssr-768').filter({ hasText: 'Done' }).waitFor({ timeout: ladderMs });
    expect((await made()) - before).toBe(stages.length - 2);
  });

  test('and nothing has moved by itself until here: from the first picture to a ladder that was made and made again', async () => {
    const shift = await layoutShift(page);
    measured['layoutShift'] = shift;
    expect(shift.total, shift.worst.join('\n')).toBeLessThan(mostLayoutShift);
  });

  test('compares the base with the top by a wipe: each is seen on its own side of the line', async () => {
    const bottom = await pictureOf(/^base/);
    const top = await pictureOf(/^ssr-768/);
    expect([top.left, top.right]).not.toContain(bottom.right);
    await choose('Wipe to', /^base/);
    const line = page.getByRole('slider', { name: 'Wipe position' });
    await line.press('ArrowLeft');
    expect(await line.getAttribute('aria-valuenow')).toBe('48');
    await expect.poll(halves).toMatchObject({ left: top.left, right: bottom.right });
    await keep('4-wipe');
    await choose('Wipe to', /^No wipe/);
    await expect.poll(halves).toMatchObject(top);
  });

  test('compares two seeds by a wipe, chosen by the keyboard, and takes the second back', async () => {
    const [bottom, top] = [await pictureOf(/^base/), await pictureOf(/^ssr-768/)];
    await clips().first().focus();
    await page.keyboard.press('Shift+KeyT');
    await lane('ssr-768').filter({ hasText: 'Not made' }).waitFor();
    await lane('base').filter({ hasText: 'Done' }).waitFor({ timeout: baseMs });
    const other = await pictureOf(/^base/);
    expect(other.left).not.toBe(bottom.left);
    await page.getByRole('combobox', { name: 'Wipe to' }).press('Enter');
    await page.getByRole('option', { name: /^Take 1, seed \d+$/ }).waitFor();
    await page.keyboard.press('End');
    await page.locator('[role="option"][data-highlighted]').filter({ hasText: 'Take 1' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(halves).toMatchObject({ left: other.left, right: bottom.right });
    await choose('Stage that is wiped in', /^ssr-768/);
    await expect.poll(halves).toMatchObject({ left: other.left, right: top.right });
    await keep('4-wipe-takes');
    await choose('Wipe to', /^No wipe/);
    await choose('What is shown', /^Edit/);
    await clips().first().focus();
    await page.keyboard.press('ControlOrMeta+KeyZ');
    await lane('ssr-768').filter({ hasText: 'Done' }).waitFor();
  });

  test('trims, adds a second shot and a dissolve', async () => {
    const [whole] = await boxes();
    if (whole === undefined) throw new Error('the clip is not in sight');
    await page.mouse.move(whole.x + whole.width - 2, whole.y + whole.height - 8);
    await page.mouse.down();
    await page.mouse.move(whole.x + whole.width * 0.75, whole.y + whole.height - 8, { steps: 6 });
    await page.mouse.up();
    await expect.poll(async () => (await boxes())[0]?.width).toBeLessThan(whole.width * 0.8);
    measured['firstPreviewWarm'] = await firstPreview(page, prompts[1]);
    await lane('base').filter({ hasText: 'Done' }).waitFor({ timeout: baseMs });
    await page.keyboard.press('Enter');
    await expect.poll(() => clips().count()).toBe(2);
    await page.keyboard.press('Shift+KeyD');
    await page.keyboard.press('Shift+KeyZ');
    await expect
      .poll(async () => {
        const [first, second] = await boxes();
        return first !== undefined && second !== undefined && second.x < first.x + first.width - 4;
      })
      .toBe(true);
    await keep('5-dissolve');
  });

  test('exports, and the file plays from its first frame to its last', async () => {
    await page.getByRole('button', { name: 'Export…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    const row = dialog.locator('li[data-state="done"]');
    await row.waitFor({ timeout: ladderMs });
    await keep('6-export');
    const file = z.string().parse(await row.locator('[title]').first().getAttribute('title'));
    const plan = await dialog.getByText(/^\d+ frames,/).textContent();
    const frames = Number(/^\d+/.exec(plan ?? '')?.[0]);
    expect(frames).toBeGreaterThan(24);
    expect(await decodedFrames(file)).toBe(frames);
  });

  test('and nothing was complained of on the way', () => {
    expect(studio.complaints).toEqual([]);
  });

  async function boxes() {
    const found = await clips().all();
    return (await Promise.all(found.map((clip) => clip.boundingBox()))).filter((box) => box !== null);
  }
});

/** Longer than it takes until the exact frame stands where its film was shown. */
const betweenLooksMs = 500;

const halvesSchema = z.object({ left: z.number(), right: z.number(), isLit: z.boolean() });
type Halves = z.infer<typeof halvesSchema>;

/** Runs in the page: the middle of either half of the viewer's picture, each as a number that is equal where all its pixels are. */
const halvesShown = `(() => {
  const canvas = document.querySelector('canvas[data-frame]');
  const [width, height] = [canvas.width >> 2, canvas.height >> 1];
  let isLit = false;
  const print = (left) => {
    const { data } = canvas.getContext('2d').getImageData(left, canvas.height >> 2, width, height);
    return data.reduce((sum, value, at) => {
      if (at % 4 !== 3 && value > 24) isLit = true;
      return (31 * sum + value) | 0;
    }, 0);
  };
  const [left, right] = [print(canvas.width >> 3), print((5 * canvas.width) >> 3)];
  return { left, right, isLit };
})()`;

/** Decodes all of it; throws what ffmpeg says of a file that is not whole. */
async function decodedFrames(file: string): Promise<number> {
  let bytes = 0;
  await runFfmpeg({
    ffmpegPath: locateFfmpeg({ chosen: process.env['SLUICE_FFMPEG'], searchPath: process.env['PATH'] ?? '' }).path,
    args: ['-xerror', '-i', `file:${file}`, '-vf', 'scale=16:16', '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'],
    output: (chunk) => {
      bytes += chunk.length;
    },
    limitSec: 60 * patience,
    signal: new AbortController().signal,
  });
  return bytes / (16 * 16);
}
