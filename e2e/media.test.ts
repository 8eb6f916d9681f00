/** Media of a person's own, in a real browser: dropped, sent, prepared, placed, played with sound, lost and found. Screenshots stay in `e2e/out`. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ffmpegPath, makeMedia, never } from '#main/media/ffmpeg.test-support';
import { runFfmpeg } from '#main/media/run-ffmpeg';
import { inTheme, still } from './at-rest.test-support';
import { inChromium } from './in-chromium.test-support';
import { dropping, listeningIn, loudness, pictureWidth, watchingFrames } from './media.test-page';
import { accessibilityProblems } from './studio.test-support';

/** Two seconds that change all the time, with a tone; a song with beats; a picture that one can see through. */
const files = {
  'harbour.mp4': [
    ['testsrc2=size=640x360:rate=24:duration=4', 'sine=frequency=440:beep_factor=4:duration=4'],
    ['-c:v', 'libx264', '-c:a', 'aac', '-f', 'mp4'],
  ],
  'song.flac': [["aevalsrc='0.8*sin(880*PI*t)*exp(-6*mod(t,0.5))':sample_rate=48000:duration=6"], ['-f', 'flac']],
  'title.png': [
    ['color=0xE8A030@0.9:size=480x120,format=rgba,pad=640:360:80:120:color=black@0'],
    ['-frames:v', '1', '-f', 'image2', '-update', '1'],
  ],
} as const;
type Name = keyof typeof files;

const shownFramesSchema = z.array(z.object({ frame: z.number(), atSec: z.number() }));

inChromium('imported media in a browser', {}, (studio) => {
  let mine: string;
  beforeAll(async () => {
    mine = path.join(studio.folder, 'mine');
    await mkdir(mine);
    for (const name of ['harbour.mp4', 'song.flac', 'title.png'] as const) {
      const [sources, output] = files[name];
      const inputs = sources.flatMap((source) => ['-f', 'lavfi', '-i', source]);
      const args = [...inputs, ...output, `file:${path.join(mine, name)}`];
      await runFfmpeg({ ffmpegPath: ffmpegPath ?? '', args, limitSec: 60, signal: never });
    }
  }, 180_000);

  const shot = (name: string) => studio.shot(name);
  const row = (name: string) =>
    studio.page.getByRole('list', { name: 'Imported media' }).getByTitle(name, { exact: true });
  const clip = (name: string) => studio.page.getByRole('option', { name: new RegExp(name) });

  async function drop(page: Page, target: string, names: readonly Name[], at: { x: number; y: number }): Promise<void> {
    const files = names.map(async (name) => ({ name, base64: await readFile(path.join(mine, name), 'base64') }));
    await page.evaluate(dropping(target, await Promise.all(files), at));
  }

  test('what is dropped anywhere is sent, prepared and listed', async () => {
    const { page } = studio;
    await inTheme(page, 'dark');
    await drop(page, 'main', ['harbour.mp4', 'title.png'], { x: 700, y: 200 });
    await row('harbour.mp4').waitFor();
    await row('title.png').waitFor();
    await expect.poll(() => page.getByText('Preparing', { exact: false }).count(), { timeout: 60_000 }).toBe(0);
    await expect.poll(() => page.evaluate(pictureWidth('harbour.mp4'))).toBeGreaterThan(0);
    expect(await row('harbour.mp4').textContent()).toContain('640×360 · 24 fps0:04.0 · Not used yet');
    await shot('media-library-dark');
  });

  test('dropped on the timeline it is there at once; dragged from the library it goes where it is let go', async () => {
    const { page } = studio;
    await drop(page, '[data-surface="rows"]', ['song.flac'], { x: 4, y: 150 });
    await clip('song.flac').waitFor();
    const surface = page.locator('[data-surface="rows"]');
    await row('harbour.mp4').dragTo(surface, { targetPosition: { x: 10, y: 90 } });
    await clip('harbour.mp4').waitFor();
    await page.keyboard.press('Home');
    await row('title.png').dblclick();
    await clip('title.png').waitFor();
    await page.keyboard.press('Shift+KeyZ');
    await expect.poll(async () => (await row('title.png').textContent()) ?? '').toContain('Used 1×');
    await expect.poll(() => page.getByText('Preparing', { exact: false }).count(), { timeout: 60_000 }).toBe(0);
    await still(surface);
    await shot('media-timeline-dark');
  });

  test('the viewer shows the very frame, through what one can see through', async () => {
    const { page } = studio;
    const viewer = page.locator('canvas[data-frame]');
    await expect.poll(() => viewer.getAttribute('aria-busy'), { timeout: 20_000 }).toBe('false');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => viewer.getAttribute('data-frame')).toBe('1');
    await expect.poll(() => viewer.getAttribute('aria-busy'), { timeout: 20_000 }).toBe('false');
    await shot('media-viewer-dark');
  });

  test('it plays with its sound, in time', async () => {
    const { page } = studio;
    const heard: string[] = [];
    page.on('request', (request) => request.url().endsWith('sound.pcm') && heard.push(request.url()));
    await page.evaluate(listeningIn);
    await page.evaluate(watchingFrames);
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await expect.poll(() => page.evaluate(loudness), { timeout: 20_000 }).toBeGreaterThan(0.1);
    const shown = async () => shownFramesSchema.parse(await page.evaluate('window.shownFrames'));
    await expect.poll(async () => (await shown()).at(-1)?.frame ?? 0, { timeout: 20_000 }).toBeGreaterThan(72);
    await page.keyboard.press('KeyK');
    await expect.poll(() => page.evaluate(loudness), { timeout: 20_000 }).toBeLessThan(0.01);
    const begins = (await shown()).map(({ frame, atSec }) => atSec - frame / 24).sort((one, other) => one - other);
    const [earliest = NaN, usual = NaN] = [begins[0], begins[Math.floor(begins.length / 2)]];
    expect(usual - earliest).toBeLessThan(0.25);
    expect(new Set(heard).size).toBe(2);
    await shot('media-playing-dark');
  });

  test('chosen by path it stays where it is; moved away it is missing, and found again', async () => {
    const { page } = studio;
    await rename(path.join(mine, 'song.flac'), path.join(mine, 'other.flac'));
    await page.keyboard.press('Control+KeyI');
    const dialog = page.getByRole('dialog', { name: 'Choose media to import' });
    await dialog.getByRole('textbox', { name: 'Folder' }).fill(mine);
    await dialog.getByRole('textbox', { name: 'Folder' }).press('Enter');
    await dialog.getByText('other.flac').click();
    await dialog.getByRole('button', { name: 'Choose' }).click();
    await page.getByText('is in this project already').waitFor();
    const second = path.join(mine, 'wave.wav');
    await makeMedia('sine=frequency=220:duration=2', ['-f', 'wav'], second);
    await page.keyboard.press('Control+KeyI');
    await dialog.getByRole('textbox', { name: 'Folder' }).fill(mine);
    await dialog.getByRole('textbox', { name: 'Folder' }).press('Enter');
    await dialog.getByText('wave.wav').dblclick();
    await row('wave.wav').waitFor();
    await expect.poll(() => page.getByText('Preparing', { exact: false }).count(), { timeout: 30_000 }).toBe(0);
    await rename(second, path.join(mine, 'moved.wav'));
    await page.reload();
    await page.getByRole('tab', { name: /Media/ }).click();
    await page.getByText('Missing: it was at', { exact: false }).waitFor();
    await shot('media-missing-dark');
    await page.getByRole('button', { name: 'Actions for wave.wav' }).click();
    await page.getByRole('menuitem', { name: 'Find its file…' }).click();
    const find = page.getByRole('dialog', { name: 'Find “wave.wav”' });
    await find.getByRole('textbox', { name: 'Folder' }).fill(mine);
    await find.getByRole('textbox', { name: 'Folder' }).press('Enter');
    await find.getByText('moved.wav').dblclick();
    await page.getByText('Missing: it was at', { exact: false }).waitFor({ state: 'detached' });
  });

  test('what is no media is said to be none, and nothing comes of it', async () => {
    const { page } = studio;
    const before = await page.getByRole('list', { name: 'Imported media' }).getByRole('listitem').count();
    await writeFile(path.join(mine, 'title.png'), '<svg onload="alert(1)">');
    await drop(page, 'main', ['title.png'], { x: 700, y: 200 });
    await page.getByText('neither video, picture nor sound', { exact: false }).waitFor();
    expect(await page.getByRole('list', { name: 'Imported media' }).getByRole('listitem').count()).toBe(before);
  });

  test('a film becomes the beginning of a shot', async () => {
    const { page } = studio;
    await row('harbour.mp4').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Super-resolve from stage…' }).click();
    const dialog = page.getByRole('dialog', { name: /Super-resolve/ });
    await dialog.getByLabel('What is to be seen').fill('a paper harbour');
    await shot('media-super-resolve-dark');
    await dialog.getByRole('button', { name: 'Make the shot' }).click();
    await clip('a paper harbour').waitFor({ timeout: 30_000 });
    await shot('media-super-resolved-dark');
    await page.keyboard.press('Control+KeyZ');
    await clip('a paper harbour').waitFor({ state: 'detached' });
  });

  test('removed with its clips it comes back with them', async () => {
    const { page } = studio;
    await row('title.png').press('Delete');
    await clip('title.png').waitFor({ state: 'detached' });
    await row('title.png').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+KeyZ');
    await row('title.png').waitFor();
    await clip('title.png').waitFor();
  });

  test('is accessible, in both themes', async () => {
    const { page } = studio;
    expect(await accessibilityProblems(page)).toEqual([]);
    await inTheme(page, 'light');
    expect(await accessibilityProblems(page)).toEqual([]);
    await shot('media-light');
    expect(studio.complaints).toEqual([]);
  });
});
