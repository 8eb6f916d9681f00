/** What a person does in the studio, in a real browser against the real host, engine and test pack. Screenshots stay in `e2e/out`. */
import { expect, test } from 'vitest';
import { atRest, drawn, inTheme, still } from './at-rest.test-support';
import { inChromium } from './in-chromium.test-support';
import { accessibilityProblems } from './studio.test-support';

inChromium('the studio in a browser', {}, (studio) => {
  const shot = (name: string) => studio.shot(name);
  const clips = () => studio.page.getByRole('option').filter({ hasText: '' });
  const lane = (stage: string) => studio.page.getByRole('button', { name: new RegExp(`^${stage} `) });

  test('a prompt becomes a shot whose base is made, moving on the way', async () => {
    const { page } = studio;
    await inTheme(page, 'dark');
    await page.getByLabel('Describe a new shot').fill('a red boat sails past <b>snowy</b> mountains');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /a red boat/ }).waitFor();
    await lane('base').filter({ hasText: 'Done' }).waitFor({ timeout: 60_000 });
    await shot('base-dark');
    expect(await page.locator('b').count()).toBe(0);
  });

  test('the whole ladder is made and shown', async () => {
    const { page } = studio;
    await page.keyboard.press('Shift+KeyG');
    await lane('ssr-768').filter({ hasText: 'Done' }).waitFor({ timeout: 90_000 });
    await page.getByRole('radio', { name: 'Ladder' }).click();
    await expect
      .poll(() =>
        page
          .getByRole('group', { name: /^Ladder of/ })
          .getByRole('button')
          .count(),
      )
      .toBe(7);
    await drawn(page, '[role="group"][aria-label^="Ladder of"] canvas');
    await shot('ladder-dark');
    await page.getByRole('radio', { name: 'Picture' }).click();
  });

  test('the ladder moves with what is played, also for people who want less motion', async () => {
    const { page } = studio;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.getByRole('radio', { name: 'Ladder' }).click();
    const picture = page
      .getByRole('group', { name: /^Ladder of/ })
      .locator('canvas')
      .last();
    const pixels = (): Promise<string> => picture.screenshot().then((png) => png.toString('base64'));
    // Else the keys would be the radio button's.
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('Home');
    const atFirst = await still(picture);
    // That nothing moves is seen only while time passes.
    await page.waitForTimeout(500);
    expect(await pixels()).toBe(atFirst);
    await page.keyboard.press('Space');
    const seen = new Set<string>();
    await expect.poll(async () => seen.add(await pixels()).size).toBeGreaterThan(3);
    await page.keyboard.press('KeyK');
    await expect.poll(pixels).toBe(atFirst);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await page.getByRole('radio', { name: 'Picture' }).click();
  });

  test('drawing guidance makes that stage and what follows stale, nothing before it; undo takes that back', async () => {
    const { page } = studio;
    await lane('ssr-48').click();
    await page.getByRole('radio', { name: 'Oscillating' }).click();
    await lane('ssr-48').filter({ hasText: 'Stale' }).waitFor();
    await lane('ssr-768').filter({ hasText: 'Stale' }).waitFor();
    expect(await lane('tsr-6').textContent()).toContain('Done');
    await page.getByRole('slider', { name: 'To step' }).press('ArrowLeft');
    await expect.poll(() => page.getByRole('spinbutton', { name: 'To step' }).inputValue()).toBe('7');
    await shot('stale-dark');
    await page.getByRole('button', { name: 'Undo change of stage' }).click();
    await page.getByRole('button', { name: 'Undo change of stage' }).click();
    await lane('ssr-768').filter({ hasText: 'Done' }).waitFor();
  });

  test('keys play, split, move by a gesture, cancel a gesture, and undo', async () => {
    const { page } = studio;
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await expect.poll(() => page.getByRole('textbox', { name: 'Time' }).inputValue()).not.toBe('00:00:00');
    await page.keyboard.press('KeyK');
    await page.keyboard.press('Home');
    for (let frame = 0; frame < 10; frame += 1) await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('textbox', { name: 'Time' }).inputValue()).toBe('00:00:10');
    await page.keyboard.press('KeyS');
    await expect.poll(() => clips().count()).toBe(2);
    const box = await clips().nth(1).boundingBox();
    if (box === null) throw new Error('the second clip is not in sight');
    const drag = async (by: number): Promise<void> => {
      await page.mouse.move(box.x + box.width / 2, box.y + 8);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2 + by, box.y + 8, { steps: 5 });
    };
    await drag(60);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect((await clips().nth(1).boundingBox())?.x).toBe(box.x);
    await drag(60);
    await page.mouse.up();
    await expect.poll(async () => (await clips().nth(1).boundingBox())?.x).toBeGreaterThan(box.x + 40);
    await page.keyboard.press('Control+KeyZ');
    await page.keyboard.press('Control+KeyZ');
    await expect.poll(() => clips().count()).toBe(1);
  });

  test('a reload loses nothing', async () => {
    const { page } = studio;
    await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
    await page.reload();
    await page.getByRole('option', { name: /a red boat/ }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: /^Redo/ }).isEnabled()).toBe(true);
  });

  test.each(['dark', 'light'] as const)('axe finds nothing wrong in the %s theme', async (theme) => {
    const { page } = studio;
    await inTheme(page, theme);
    // Pressed again, it would close what it has opened.
    if (!(await lane('base').isVisible())) await page.getByRole('option', { name: /a red boat/ }).press('Enter');
    await lane('base').waitFor();
    await atRest(page);
    await shot(`inspected-${theme}`);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('nothing was complained of on the way', () => {
    expect(studio.complaints).toEqual([]);
  });
});
