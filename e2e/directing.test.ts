/** Directing in a real browser against the real host, engine and test pack: takes, comparison, given frames, costs, the queue, a reload. */
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { atRest, drawn, inTheme } from './at-rest.test-support';
import { inChromium } from './in-chromium.test-support';
import { accessibilityProblems } from './studio.test-support';

/** Runs in the page: the draft as the browser has kept it, which is behind the typing. */
const keptDraft = `new Promise((resolve, reject) => {
  const opening = indexedDB.open('sluice-view');
  opening.onerror = reject;
  opening.onsuccess = () => {
    const reading = opening.result.transaction('view').objectStore('view').get('view');
    reading.onerror = reject;
    reading.onsuccess = () => {
      opening.result.close();
      resolve(reading.result?.value.draft);
    };
  };
})`;

inChromium('directing in a browser', {}, (studio) => {
  const shot = async (name: string) => {
    await studio.page.mouse.move(720, 22);
    await atRest(studio.page);
    await studio.shot(`directing-${name}`);
  };
  /** The machine may be busy with other things. */
  const soon = <T>(read: () => T | Promise<T>, timeout = 90_000) => expect.poll(read, { timeout });
  const takes = (): Locator => studio.page.getByRole('listbox', { name: /^Takes of/ }).getByRole('option');
  /** The first clip, with its ladder. */
  const open = async (): Promise<void> => {
    const option = studio.page.getByRole('option', { name: /a red boat/ }).first();
    await option.focus();
    if (!(await lane('base').isVisible())) await option.press('Enter');
    await lane('base').waitFor();
  };
  const lane = (stage: string): Locator => studio.page.getByRole('button', { name: new RegExp(`^${stage} `) });
  const choose = async (menu: string | RegExp, option: string | RegExp): Promise<void> => {
    await studio.page.getByRole('combobox', { name: menu }).click();
    await studio.page.getByRole('option', { name: option, exact: typeof option === 'string' }).click();
  };
  const made = async (count: number): Promise<void> => {
    await soon(() => takes().filter({ hasText: '1 of 7 stages' }).count(), 120_000).toBe(count);
  };

  test('a prompt with four takes fills a grid, with what it takes said before', async () => {
    const { page } = studio;
    await inTheme(page, 'dark');
    await page.getByLabel('Describe a new shot').click();
    await choose('How many takes', '×4');
    await page.getByLabel('Describe a new shot').fill('a red boat sails past snowy mountains');
    await page.getByText(/^×4 up to base: 4 stages/).waitFor();
    await shot('prompt');
    await page.keyboard.press('Enter');
    await soon(() => takes().count()).toBe(4);
    await made(4);
    await drawn(page, '[role="listbox"][aria-label^="Takes of"] canvas');
    await shot('takes-dark');
  });

  test('a draft outlives a reload, and arrow up brings back earlier prompts', async () => {
    const { page } = studio;
    const input = page.getByLabel('Describe a new shot');
    await input.fill('half a thought');
    await soon(() => page.evaluate(keptDraft)).toBe('half a thought');
    await page.reload();
    await soon(() => input.inputValue()).toBe('half a thought');
    await input.press('ArrowUp');
    expect(await input.inputValue()).toBe('a red boat sails past snowy mountains');
    await input.press('ArrowDown');
    expect(await input.inputValue()).toBe('half a thought');
    await input.fill('');
    await input.blur();
  });

  test('keys rate the marked takes, a filter shows the good ones, and a removed take comes back', async () => {
    const { page } = studio;
    await page
      .getByRole('option', { name: /a red boat/ })
      .first()
      .press('Alt+Digit3');
    await takes().nth(1).click();
    await page.keyboard.press('Digit4');
    await soon(() => takes().first().textContent()).toContain('4 of 5 stars');
    await takes().nth(2).click();
    await page.keyboard.press('Digit2');
    await choose('Show takes rated', '★★★+');
    await soon(() => takes().count()).toBe(1);
    await choose('Show takes rated', 'All takes');
    await takes().last().click();
    await page.keyboard.press('Delete');
    await soon(() => takes().count()).toBe(3);
    await page.getByRole('listitem').filter({ hasText: 'Take removed' }).getByRole('button', { name: 'Undo' }).click();
    await soon(() => takes().count()).toBe(4);
  });

  test('marked takes lie side by side, zoomed together', async () => {
    const { page } = studio;
    await takes().first().click();
    await takes()
      .nth(2)
      .click({ modifiers: ['Shift'] });
    await page.getByRole('button', { name: /^Compare side by side/ }).click();
    await soon(() => page.getByRole('img', { name: /^Picture \d$/ }).count()).toBe(3);
    await shot('compare-dark');
    await page.getByRole('button', { name: 'One more picture beside them' }).click();
    await choose('Stage of picture 4', /^base/);
    await choose('Scale', '800 %');
    await shot('compare-four');
    expect(await accessibilityProblems(page)).toEqual([]);
    await choose('Scale', 'Fit');
  });

  test('chosen takes are carried to the top in the order of the queue, which keeps its order and its hold', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: /^Hold the queue/ }).click();
    await page.getByRole('radio', { name: 'Takes', exact: true }).click();
    await takes().first().click();
    await takes()
      .nth(2)
      .click({ modifiers: ['Shift'] });
    await page.getByRole('button', { name: /^Carry 3 to the top: 18 stages/ }).click();
    const rows = page.getByRole('list', { name: /^Jobs in the order/ }).getByRole('listitem');
    await soon(() => rows.count()).toBe(3);
    const names = async () => (await rows.allTextContents()).map((text) => /Take \d/.exec(text)?.[0]);
    const before = await names();
    await rows.nth(2).getByRole('button', { name: /^Move/ }).press('ArrowUp');
    await soon(names).toEqual([before[0], before[2], before[1]]);
    await rows.nth(0).dragTo(rows.nth(2));
    await soon(names).toEqual([before[2], before[1], before[0]]);
    await shot('queue-held');
    await page.getByRole('button', { name: 'Let the queue go on' }).click();
    await page
      .getByText(/to do, (about|under|.* or more)/)
      .first()
      .waitFor({ timeout: 60_000 });
    await shot('queue-running');
  });

  test('a reload during generation finds it going on, with its preview; cancelled, what was made before is there', async () => {
    const { page } = studio;
    const inspector = page.getByRole('region', { name: 'Inspector' });
    const jobs = page.getByRole('list', { name: /^Jobs in the order/ }).getByRole('listitem');
    await soon(() => jobs.count(), 200_000).toBe(0);
    await page.getByRole('radio', { name: 'Picture', exact: true }).click();
    await open();
    await lane('ssr-768').click();
    // As many as there may be: it must not be done before the window is loaded again, however slow that is.
    await inspector.getByRole('spinbutton', { name: 'Steps' }).fill('1000');
    await inspector.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
    await inspector.getByRole('button', { name: 'Run', exact: true }).click();
    const running = page
      .getByRole('status')
      .filter({ hasText: /ssr-768: step \d+ of 1000/ })
      .first();
    await running.waitFor({ timeout: 60_000 });
    await page.reload();
    await running.waitFor({ timeout: 60_000 });
    await open();
    await lane('ssr-768')
      .filter({ hasText: /Step \d+\/1000/ })
      .waitFor();
    await shot('reattached');
    await inspector.getByRole('button', { name: 'Cancel', exact: true }).click();
    await lane('ssr-768').filter({ hasText: 'Stale' }).click();
    await inspector.getByRole('button', { name: 'Put back: Steps' }).click();
    await lane('ssr-768').filter({ hasText: 'Done' }).waitFor();
  });

  test('a change makes stale what it touches, says what renewing takes, and one button renews it', async () => {
    const { page } = studio;
    await lane('ssr-768').filter({ hasText: 'Done' }).waitFor({ timeout: 30_000 });
    await lane('tsr-12').click();
    await page.getByRole('spinbutton', { name: 'Steps' }).fill('3');
    await page.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
    await lane('ssr-768').filter({ hasText: 'Stale' }).waitFor();
    expect(await lane('ssr-192').textContent()).toContain('Done');
    await page
      .getByLabel('Inspector')
      .getByText(/^3 stages, (about|under) .*, .* [kM]B$/)
      .waitFor();
    await shot('stale-dark');
    await page.getByRole('region', { name: 'Inspector' }).getByRole('button', { name: 'Run', exact: true }).click();
    await lane('ssr-768').filter({ hasText: 'Done' }).waitFor({ timeout: 90_000 });
  });

  test('a take has its own steps, shown and taken back; guidance is kept under a name', async () => {
    const { page } = studio;
    const inspector = page.getByRole('region', { name: 'Inspector' });
    await lane('ssr-48').click();
    await inspector.getByRole('radio', { name: /^Take/ }).click();
    await inspector.getByRole('spinbutton', { name: 'Steps' }).fill('5');
    await inspector.getByRole('spinbutton', { name: 'Steps' }).press('Enter');
    await inspector.getByRole('radio', { name: 'All takes' }).click();
    await inspector.getByText(/has its own: steps/).waitFor();
    await choose('Guidance preset', 'Strong');
    await inspector.getByRole('button', { name: 'Actions for guidance presets' }).click();
    await page.getByRole('menuitem', { name: /^Keep this curve/ }).click();
    await inspector.getByRole('textbox', { name: 'Name of the preset' }).fill('My strong one');
    await page.keyboard.press('Enter');
    await shot('own-dark');
    await inspector.getByRole('button', { name: 'Drop' }).click();
    await inspector.getByRole('button', { name: 'Put back: Guidance' }).click();
    await page.reload();
    await open();
    await lane('ssr-48').filter({ hasText: 'Done' }).waitFor();
    await lane('ssr-48').click();
    await page.getByRole('combobox', { name: 'Guidance preset' }).click();
    await page.getByRole('option', { name: 'My strong one' }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('a prompt gets a part, the clip a given frame, and the shot starts from a stage of another take', async () => {
    const { page } = studio;
    const inspector = page.getByRole('region', { name: 'Inspector' });
    await inspector.getByRole('button', { name: 'Add a part' }).click();
    await inspector.getByRole('textbox', { name: /^Prompt from/ }).fill('a red boat at night');
    await inspector.getByRole('textbox', { name: /^Prompt from/ }).blur();
    await lane('base').filter({ hasText: 'Stale' }).waitFor();
    await inspector.getByRole('button', { name: 'Add given frames' }).click();
    await page.getByRole('menuitem', { name: 'Last frame: the picture at the playhead' }).click();
    await inspector.getByRole('button', { name: 'Remove: Last frame' }).waitFor();
    await inspector.getByRole('button', { name: 'The prompt' }).click();
    await choose('Stands for', /^ssr-48/);
    await inspector.getByRole('button', { name: 'Start from this clip' }).click();
    await lane('base').filter({ hasText: 'Not needed' }).waitFor();
    await lane('ssr-192').filter({ hasText: 'Stale' }).waitFor();
    await inspector.hover();
    await page.mouse.wheel(0, -4000);
    await shot('given-dark');
    expect(await accessibilityProblems(page)).toEqual([]);
    await inspector.getByRole('button', { name: 'Clear' }).click();
    await lane('base').filter({ hasText: 'Stale' }).waitFor();
  });

  test('E makes a shot that continues the clip; a typed timecode jumps', async () => {
    const { page } = studio;
    const clips = page.getByRole('listbox', { name: 'Timeline' }).getByRole('option');
    await page
      .getByRole('option', { name: /a red boat/ })
      .first()
      .focus();
    const before = await clips.count();
    await page.keyboard.press('KeyE');
    await soon(() => clips.count()).toBe(before + 1);
    await lane('base').filter({ hasText: 'Done' }).waitFor({ timeout: 60_000 });
    await page
      .getByLabel('Inspector')
      .getByText(/^Begins with \d+ frames$/)
      .waitFor();
    await shot('extended-dark');
    const time = page.getByRole('textbox', { name: 'Time' });
    await time.fill('1:02');
    await time.press('Enter');
    await soon(() => time.inputValue()).toBe('00:01:02');
  });

  test.each(['light', 'dark'])('takes and ladder in the %s theme have nothing that axe finds wrong', async (theme) => {
    const { page } = studio;
    await page.getByRole('button', { name: 'Switch between light and dark' }).click();
    await open();
    for (const mode of ['Takes', 'Ladder']) {
      await page.getByRole('radio', { name: mode, exact: true }).click();
      await shot(`${mode.toLowerCase()}-${theme}-again`);
      expect(await accessibilityProblems(page)).toEqual([]);
    }
  });

  test('nothing was complained of on the way', () => {
    expect(studio.complaints).toEqual([]);
  });
});
