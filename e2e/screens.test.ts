/** Every screen around the timeline, in a real browser on the real main: first start, projects, packs, settings, files; in both themes. */
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { inTheme } from './at-rest.test-support';
import { inChromium } from './in-chromium.test-support';
import { accessibilityProblems } from './studio.test-support';

const themeOf = (page: Page) => page.locator('html').getAttribute('data-theme');
const mod = process.platform === 'darwin' ? 'Meta' : 'Control';

inChromium('the screens around the timeline', { isFirstStart: true }, (studio) => {
  let page: Page;

  beforeAll(() => {
    ({ page } = studio);
  });

  const heading = (title: string) =>
    page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor({ state: 'attached' });

  /** Looks at what is there in both themes, as axe and as a person would. */
  async function look(name: string): Promise<void> {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await inTheme(page, colorScheme);
      expect(await accessibilityProblems(page), `${name}, ${colorScheme}`).toEqual([]);
      await studio.shot(`screen-${name}-${colorScheme}`);
    }
  }

  /** Whatever a test before left open. */
  async function closeAll(): Promise<void> {
    for (let open = 0; open < 3; open += 1) await page.keyboard.press('Escape');
  }

  async function command(words: string): Promise<void> {
    await page.keyboard.press(`${mod}+k`);
    await page.getByPlaceholder('What would you like to do?').fill(words);
    await page.getByRole('option', { name: words }).waitFor();
    await page.keyboard.press('Enter');
  }

  test('the first start shows the sample, moving, and leads through the studio once', async () => {
    await heading('Drawn sample');
    const tour = (name: string) => page.getByRole('dialog', { name }).waitFor();
    await tour('Say what shall be seen');
    await look('tour');
    for (const name of ['Look from the first step on', 'Climb the ladder', 'Draw the guidance', 'Everything else']) {
      await page.keyboard.press('ArrowRight');
      await tour(name);
      await studio.shot(`screen-tour-${name.split(' ')[0]}`);
    }
    await page.getByRole('button', { name: 'Begin', exact: true }).click();
    const shot = () => page.locator('#viewer').screenshot();
    const first = await shot();
    await expect.poll(async () => (await shot()).equals(first), { timeout: 20_000 }).toBe(false);
    await page.reload();
    await heading('Drawn sample');
    // That it does not come again is seen only while time passes.
    await page.waitForTimeout(500);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.title()).toBe('Drawn sample — Sluice');
    await look('first');
  }, 180_000);

  test('projects are made, gone back to, forgotten and brought back without a reload', async () => {
    await page.getByRole('button', { name: 'Drawn sample: other projects' }).click();
    await page.getByRole('dialog', { name: 'Projects' }).waitFor();
    await page.getByText(/3 clips/).waitFor();
    await look('projects');
    await page.getByRole('button', { name: 'New project' }).click();
    await page.getByRole('dialog', { name: 'New project' }).waitFor();
    await look('new-project');
    await page.getByRole('textbox', { name: 'Title' }).fill('<b>Harbour</b>');
    await page.keyboard.press('Enter');
    await heading('<b>Harbour</b>');
    await look('empty');
    await command('Drawn sample');
    await heading('Drawn sample');
    await page.keyboard.press(`${mod}+o`);
    await page.getByRole('button', { name: 'Actions for <b>Harbour</b>' }).click();
    await page.getByRole('menuitem', { name: 'Remove from the list' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Open <b>Harbour</b>' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByRole('button', { name: 'Open <b>Harbour</b>' }).waitFor();
    await page.getByRole('button', { name: 'Open a folder…' }).click();
    await page.getByRole('dialog', { name: 'Open a project' }).waitFor();
    await page.getByRole('textbox', { name: 'Folder' }).fill(path.join(studio.folder, 'Sluice Projects'));
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Drawn sample.sluice' }).waitFor();
    await look('files');
    await page.getByRole('option', { name: /Harbour/ }).dblclick();
    await heading('<b>Harbour</b>');
    expect(await page.getByRole('dialog').count()).toBe(0);
  }, 180_000);

  test('a clip that is removed can be had back from the toast', async () => {
    await closeAll();
    await command('Drawn sample');
    await heading('Drawn sample');
    await page.keyboard.press(`${mod}+a`);
    await page.keyboard.press('Delete');
    await page.getByText('3 clips are gone.').waitFor();
    await look('toast');
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(() => page.getByText('3 clips are gone.').count()).toBe(0);
    await page.getByRole('button', { name: 'Nothing to undo' }).waitFor();
  }, 120_000);

  test('packs say what they are, and what cannot be installed is refused with its reason', async () => {
    await closeAll();
    await page.keyboard.press(`${mod}+Shift+P`);
    await page.getByRole('dialog', { name: 'Model packs' }).waitFor();
    await page.getByRole('heading', { name: 'Papercut (test)', level: 3 }).waitFor();
    await page.getByText('Untrained networks').first().waitFor();
    await look('packs');
    await page.getByRole('button', { name: 'Install from a folder…' }).click();
    await page.getByRole('textbox', { name: 'Folder' }).fill(studio.folder);
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'home' }).waitFor();
    await page.getByRole('button', { name: 'Choose' }).click();
    await page.getByText(/was not installed/).waitFor();
    await look('packs-refused');
    await page.keyboard.press('Escape');
  }, 120_000);

  test('settings are kept, shown at once in every window, and keys can be given to other commands', async () => {
    await closeAll();
    await page.keyboard.press(`${mod}+Comma`);
    await page.getByRole('dialog', { name: 'Settings' }).waitFor();
    const other = await studio.openWindow();
    await page.getByRole('radio', { name: 'Light' }).click();
    await expect.poll(() => themeOf(other)).toBe('light');
    await page.getByRole('radio', { name: 'As the system' }).click();
    await other.close();
    await look('settings');
    for (const name of ['Folders and storage', 'Performance', 'This machine', 'Shortcuts']) {
      await page.getByRole('tab', { name }).click();
      if (name === 'This machine') await page.getByText(/Passed its test/).waitFor({ timeout: 60_000 });
      await look(`settings-${name.split(' ')[0]?.toLowerCase()}`);
    }
    await page.getByRole('button', { name: /^Shortcut of Add a marker/ }).click();
    await page.keyboard.press('s');
    await page.getByText('S is “Split at the playhead”.').waitFor();
    await look('settings-conflict');
    await page.getByRole('alert').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: /^Shortcut of Add a marker/ }).click();
    await page.keyboard.press('F9');
    await page.getByRole('button', { name: 'Shortcut of Add a marker: F9' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('F9');
    await page.getByRole('button', { name: 'Undo add marker' }).waitFor();
    await page.keyboard.press('Shift+Slash');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.getByText('F9').waitFor();
    await look('shortcuts');
    await page.keyboard.press('Escape');
    await page.keyboard.press(`${mod}+k`);
    await page.getByPlaceholder('What would you like to do?').waitFor();
    await look('palette');
    await page.keyboard.press('Escape');
  }, 240_000);

  test('Korean is spoken everywhere', async () => {
    await closeAll();
    await page.keyboard.press(`${mod}+Comma`);
    await page.getByRole('tab', { name: 'General' }).click();
    await page.getByRole('combobox', { name: 'Language' }).click();
    await page.getByRole('option', { name: '한국어' }).click();
    await page.getByRole('dialog', { name: '설정' }).waitFor();
    await look('korean');
    await page.keyboard.press('Escape');
  }, 120_000);

  test('nothing was complained of', () => {
    expect(studio.complaints).toEqual([]);
  });
});
