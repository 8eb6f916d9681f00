/** Going on from what is there, in a real browser: shots before, between and after, a picture of one's own, and a stage that fails. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { makeMedia } from '#main/media/ffmpeg.test-support';
import { inChromium } from './in-chromium.test-support';

inChromium('continuing in a browser', {}, (studio) => {
  const page = () => studio.page;
  const clips = (): Locator => page().getByRole('listbox', { name: 'Timeline' }).getByRole('option');
  const inspector = (): Locator => page().getByRole('region', { name: 'Inspector' });
  const lane = (stage: string): Locator => page().getByRole('button', { name: new RegExp(`^${stage} `) });
  const count = (wanted: number) => expect.poll(() => clips().count(), { timeout: 30_000 }).toBe(wanted);
  const baseIs = (state: string) => lane('base').filter({ hasText: state }).waitFor({ timeout: 60_000 });

  test('Shift+E makes a shot before the clip, which ends with the frames that the clip begins with', async () => {
    await page().getByLabel('Describe a new shot').fill('a red boat');
    await page().keyboard.press('Enter');
    await count(1);
    await page().keyboard.press('Escape');
    await clips().first().focus();
    await baseIs('Done');
    await page().keyboard.press('Shift+KeyE');
    await count(2);
    await baseIs('Done');
    await inspector()
      .getByText(/^Ends with \d+ frames$/)
      .waitFor();
    await studio.shot('continuing-before');
  });

  test('F fills a gap with a shot that begins and ends as its neighbours do', async () => {
    await page().evaluate('document.activeElement.blur()');
    for (const key of ['Home', 'ArrowDown', 'KeyD', ...Array<string>(8).fill('Alt+ArrowRight')])
      await page().keyboard.press(key);
    await page().keyboard.press('KeyF');
    await count(3);
    for (const words of [/^Begins with \d+ frames$/, /^\d+ frames from [\d.]+ s$/])
      await inspector().getByText(words).waitFor();
    await baseIs('Done');
    await studio.shot('continuing-gap');
  });

  test('a picture from a file becomes the first frame of a clip', async () => {
    const card = path.join(studio.folder, 'card.png');
    await makeMedia('color=red:size=64x48', ['-frames:v', '1'], card);
    await inspector().getByRole('button', { name: 'Add given frames' }).click();
    await page().getByRole('menuitem', { name: 'First frame: from a file…' }).click();
    const dialog = page().getByRole('dialog', { name: 'Choose a picture or a video' });
    await dialog.getByRole('textbox', { name: 'Folder' }).fill(studio.folder);
    await dialog.getByRole('textbox', { name: 'Folder' }).press('Enter');
    await dialog.getByText('card.png').dblclick();
    await inspector().getByRole('button', { name: 'Remove: First frame' }).waitFor({ timeout: 30_000 });
    await baseIs('Stale');
  });

  test('a stage whose process is ended again and again says why it failed, and is made when it is tried again', async () => {
    await lane('base').click();
    await inspector().getByRole('spinbutton', { name: 'Steps' }).fill('300');
    await inspector().getByRole('spinbutton', { name: 'Steps' }).press('Enter');
    await inspector().getByRole('button', { name: 'Run', exact: true }).click();
    const failed = lane('base').filter({ hasText: 'Failed' });
    const failures = (): Promise<number> => {
      endInference();
      return failed.count();
    };
    await expect.poll(failures, { timeout: 60_000, interval: 400 }).toBe(1);
    expect(await lane('base').getAttribute('title')).toMatch(/^Failed: .{20}/);
    await studio.shot('continuing-failed');
    await page().getByRole('button', { name: 'Try base again' }).click();
    await baseIs('Done');
    expect(studio.complaints).toEqual([]);
  });

  test('a clip that is dragged to the edge of the timeline scrolls it, and goes further than was in sight', async () => {
    const box = (await page().locator('[data-surface="rows"]').boundingBox())!;
    const at = (await clips().last().boundingBox())!;
    const y = at.y + at.height / 2;
    await page().keyboard.press('Shift+KeyZ');
    await page().mouse.move(at.x + at.width / 2, y);
    await page().mouse.down();
    await page().mouse.move(box.x + box.width - 60, y, { steps: 4 });
    await page().mouse.move(box.x + box.width + 40, y, { steps: 2 });
    const readout = page().getByText(/\+\d+ f$/);
    const frames = async (): Promise<number> => Number(/\+(\d+) f/.exec((await readout.textContent()) ?? '')?.[1]);
    await expect.poll(frames, { timeout: 20_000 }).toBeGreaterThan(300);
    await studio.shot('continuing-edge');
    await page().mouse.up();
    await page().keyboard.press('Control+KeyZ');
  });

  test('a clip that is held at the edge of the tracks scrolls those', async () => {
    await page().keyboard.press('Shift+KeyZ');
    const rows = "document.getElementById('timeline-rows')";
    const hidden = (): Promise<number> =>
      page().evaluate<number>(`${rows}.scrollHeight - ${rows}.clientHeight - ${rows}.scrollTop`);
    const room = (await page().locator('#timeline-rows').boundingBox())!;
    await page().evaluate(`${rows}.scrollTop = 0`);
    expect(await hidden()).toBeGreaterThan(0);
    const at = (await clips().last().boundingBox())!;
    const [x, y] = [at.x + at.width / 2, at.y + at.height / 2];
    await page().mouse.move(x, y);
    await page().mouse.down();
    await page().mouse.move(x + 10, y, { steps: 3 });
    await page().mouse.move(x + 10, room.y + room.height + 60, { steps: 3 });
    await expect.poll(hidden, { timeout: 20_000 }).toBeLessThan(1);
    await studio.shot('continuing-edge-of-tracks');
    await page().keyboard.press('Escape');
    await page().mouse.up();
  });
});

/** The processes of this one that run stages; ends them as a system does that is out of memory. */
function endInference(): void {
  const listed = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  for (const line of listed.split('\n')) {
    const [pid, ...args] = line.trim().split(/\s+/);
    if (args.some((argument) => argument.endsWith('inference.js'))) process.kill(Number(pid), 'SIGKILL');
  }
}
