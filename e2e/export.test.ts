/** Exporting as a person does it: by keys, in a real browser against the real studio; the file that comes out is probed. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { locateFfmpeg } from '#main/media/ffmpeg';
import { probeMedia } from '#main/media/probe';
import { connectWindow, firstOf, make, makeShot } from '#main/studio/window.test-support';
import { clipSchema } from '#shared/project/clip';
import { addClips } from '#shared/project/edits/place-clips';
import { anyRecipeSchema } from '#shared/recipe';
import { atRest, inTheme } from './at-rest.test-support';
import { keepPicture } from './pictures.test-support';
import { accessibilityProblems, chromiumPath, startMain } from './studio.test-support';

if (chromiumPath === undefined)
  process.stderr.write('e2e: not run, there is no Chromium (npm run setup -- --browser)\n');

describe.skipIf(chromiumPath === undefined)('the export dialog', { timeout: 120_000 }, () => {
  let folder: string;
  let main: Awaited<ReturnType<typeof startMain>>;
  let browser: Browser;
  let page: Page;
  const exportsFolder = (): string => path.join(folder, 'Sluice Exports');
  const shot = (name: string) => keepPicture(page, name);
  const dialog = () => page.getByRole('dialog', { name: 'Export' });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sluice-export-'));
    main = await startMain(folder);
    await projectWithAClip(main.invite());
    browser = await chromium.launch({
      ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(main.invite());
    await page.getByRole('heading', { level: 1 }).waitFor();
  }, 240_000);
  afterAll(async () => {
    await browser.close();
    await main.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('opens by key, says what the export would be, and is accessible', async () => {
    await inTheme(page, 'dark');
    await page.keyboard.press('Control+KeyE');
    await dialog()
      .getByText(/^24 frames, .* 240×160 at 24 a second/)
      .waitFor();
    expect(await dialog().getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Harbour.mp4');
    await dialog().getByText('not known yet').waitFor();
    await atRest(page);
    expect(await accessibilityProblems(page)).toEqual([]);
    await shot('export-dark');
  });

  test('the edit becomes a file with its recipe, and the next one’s size is told from it', async () => {
    await dialog().getByRole('button', { name: 'Export' }).click();
    await dialog()
      .getByText(/made in/)
      .waitFor({ timeout: 60_000 });
    const file = path.join(exportsFolder(), 'Harbour.mp4');
    const { path: ffmpegPath } = locateFfmpeg({
      chosen: process.env['SLUICE_FFMPEG'],
      searchPath: process.env['PATH'] ?? '',
    });
    expect(await probeMedia(ffmpegPath, file, new AbortController().signal)).toMatchObject({ width: 240, height: 160 });
    const recipe = anyRecipeSchema.parse(JSON.parse(await readFile(`${file}.recipe.json`, 'utf8')));
    expect(recipe).toMatchObject({ format: 'sluice-edit-recipe', range: { inFrame: 0, outFrame: 24 } });
    await dialog().getByRole('radio', { name: 'Best' }).click();
    await dialog().getByRole('radio', { name: 'Good' }).click();
    await dialog()
      .getByText(/^24 frames.*About .* kB/)
      .waitFor();
  });

  test('nothing is replaced unasked', async () => {
    const before = (await stat(path.join(exportsFolder(), 'Harbour.mp4'))).mtimeMs;
    await dialog().getByRole('button', { name: 'Export' }).click();
    const question = page.getByRole('alertdialog', { name: /^Replace “Harbour.mp4”/ });
    await question.waitFor();
    await shot('export-replace-dark');
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect((await stat(path.join(exportsFolder(), 'Harbour.mp4'))).mtimeMs).toBe(before);
    await dialog().getByRole('button', { name: 'Export' }).click();
    await question.getByRole('button', { name: 'Replace' }).click();
    await expect
      .poll(
        () =>
          dialog()
            .getByText(/made in/)
            .count(),
        { timeout: 60_000 },
      )
      .toBe(2);
    expect((await stat(path.join(exportsFolder(), 'Harbour.mp4'))).mtimeMs).toBeGreaterThan(before);
  });

  test('the last choice is remembered over a reload', async () => {
    await dialog().getByRole('combobox', { name: 'Format' }).click();
    await page.getByRole('option', { name: /^GIF/ }).click();
    await dialog().getByRole('combobox', { name: 'Size' }).click();
    await page.getByRole('option', { name: 'Other' }).click();
    await dialog().getByRole('spinbutton', { name: 'Width' }).fill('121');
    await dialog().getByRole('spinbutton', { name: 'Width' }).press('Enter');
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+KeyE');
    await dialog().getByRole('combobox', { name: 'Format' }).filter({ hasText: 'GIF' }).waitFor();
    expect(await dialog().getByRole('spinbutton', { name: 'Width' }).inputValue()).toBe('121');
    expect(await dialog().getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Harbour.gif');
  });

  test('a name that cannot be is refused in words, and nothing was left behind', async () => {
    await dialog().getByRole('textbox', { name: 'Name' }).fill('a/b');
    await dialog().getByRole('alert').filter({ hasText: 'A name has no' }).waitFor();
    expect((await readdir(exportsFolder())).sort()).toEqual(['Harbour.mp4', 'Harbour.mp4.recipe.json']);
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await inTheme(page, 'light');
    await page.keyboard.press('Control+KeyE');
    await dialog()
      .getByText(/^24 frames/)
      .waitFor();
    await atRest(page);
    expect(await accessibilityProblems(page)).toEqual([]);
    await shot('export-light');
  });
});

async function projectWithAClip(url: string): Promise<void> {
  const window = await connectWindow(url);
  // Nothing lies over the studio that a test did not open.
  await window.request('changeSettings', { set: { hasSeenTour: true } });
  const opened = await window.request('createProject', { title: 'Harbour', size: { width: 240, height: 160 } });
  const { packs } = await window.request('packs', {});
  const pack = packs.find(({ state }) => state === 'valid');
  if (pack?.state !== 'valid') throw new Error('the test pack is not there');
  const { project, takeId } = await makeShot(window, opened, { packHash: pack.hash });
  await window.request('generate', { open: opened.open, takes: [takeId] });
  const ladders = window.stream('ladders', { open: opened.open, takes: [takeId] });
  await firstOf(ladders, ({ ladder }) => ladder?.stages.at(-1)?.state.kind === 'done');
  const [track] = [...project.tracks.values()].filter(({ kind }) => kind === 'video');
  const clip = clipSchema.parse({
    ...{ id: 'clip-one', trackId: track?.id, startFrame: 0, lengthFrames: 24, inFrame: 0, speed: { num: 1, den: 1 } },
    ...{ opacity: 1, volume: 1, fadeInFrames: 0, fadeOutFrames: 0, dissolveInFrames: 0 },
    source: { kind: 'shot', shotId: project.takes.get(takeId)?.shotId, takeId },
  });
  await make(window, { ...opened, project }, (before) => addClips(before, { clips: [clip] }));
}
