/** Projects and packs that come and go as files, in a real browser: an archive, what it holds, cleaning up, an installation that is stopped. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openSharedHome } from '#main/files/shared-home';
import { canonicalJson, type Json } from '#shared/canonical-json';
import { inTheme } from './at-rest.test-support';
import { inChromium } from './in-chromium.test-support';
import { accessibilityProblems } from './studio.test-support';

const mod = process.platform === 'darwin' ? 'Meta' : 'Control';

inChromium('carrying projects and packs in a browser', { isFirstStart: true }, (studio) => {
  const page = () => studio.page;
  const dialog = (name: string | RegExp) => page().getByRole('dialog', { name });

  async function act(action: string): Promise<void> {
    await page().getByRole('button', { name: 'Actions for Drawn sample', exact: true }).click();
    await page().getByRole('menuitem', { name: action }).click();
  }
  async function look(name: string): Promise<void> {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page().emulateMedia({ reducedMotion: 'reduce' });
      await inTheme(page(), colorScheme);
      expect(await accessibilityProblems(page()), `${name}, ${colorScheme}`).toEqual([]);
      await studio.shot(`carrying-${name}-${colorScheme}`);
    }
  }

  test('an archive says what it holds, and is a project again when it is opened', async () => {
    await page().getByRole('heading', { level: 1, name: 'Drawn sample' }).waitFor({ state: 'attached' });
    await page().keyboard.press('Escape');
    await page().keyboard.press(`${mod}+o`);
    await act('Archive to a file…');
    await dialog('Archive Drawn sample')
      .getByText(/^Generated clips: 3\. Media files: 0\. Together .* [kM]B\.$/)
      .waitFor();
    await look('archive');
    await dialog('Archive Drawn sample').getByRole('button', { name: 'Choose a file…' }).click();
    const save = dialog('Archive Drawn sample');
    await save.getByRole('textbox', { name: 'Folder' }).fill(studio.folder);
    await save.getByRole('textbox', { name: 'Folder' }).press('Enter');
    await save.getByRole('option', { name: 'home' }).waitFor();
    await save.getByRole('button', { name: 'Save' }).click();
    const file = path.join(studio.folder, 'Drawn sample.zip');
    await expect
      .poll(
        () =>
          stat(file).then(
            ({ size }) => size,
            () => 0,
          ),
        { timeout: 30_000 },
      )
      .toBeGreaterThan(50_000);
    const archives = page().getByRole('region', { name: 'Archives' });
    await archives.getByText(/made in/).waitFor();
    await look('archived');
    await archives.getByRole('button', { name: 'Actions for Drawn sample.zip' }).click();
    await page().getByRole('menuitem', { name: 'Take off the list' }).click();
    await archives.waitFor({ state: 'detached' });
    await page().getByRole('button', { name: 'Open an archive…' }).click();
    const open = dialog('Open an archived project');
    await open.getByRole('textbox', { name: 'Folder' }).fill(studio.folder);
    await open.getByRole('textbox', { name: 'Folder' }).press('Enter');
    await open.getByText('Drawn sample.zip').dblclick();
    await dialog('Projects').waitFor({ state: 'detached', timeout: 30_000 });
    const clips = page().getByRole('listbox', { name: 'Timeline' }).getByRole('option');
    await expect.poll(() => clips.count()).toBe(3);
  });

  test('a project is cleaned of media that nothing uses', async () => {
    const projects = path.join(studio.folder, 'Sluice Projects');
    const media = path.join(projects, 'Drawn sample.sluice', 'media');
    await mkdir(media, { recursive: true });
    const stray = path.join(media, createHash('sha256').update('stray').digest('hex'));
    await writeFile(stray, Buffer.alloc(2_000_000));
    await utimes(stray, 0, 0);
    await page().keyboard.press(`${mod}+o`);
    await page().getByRole('button', { name: 'Actions for Drawn sample', exact: true }).last().click();
    await page().getByRole('menuitem', { name: 'Clean up media…' }).click();
    await dialog('Clean up Drawn sample').getByText('2.0 MB (files: 1)').waitFor();
    await look('clean');
    await dialog('Clean up Drawn sample').getByRole('button', { name: 'Remove files' }).click();
    await page().getByText('2.0 MB are free (files removed: 1).').waitFor();
    expect(await readdir(media)).toEqual([]);
    await page().keyboard.press('Escape');
  });

  test('an installation that waits for another one can be stopped, and leaves nothing', async () => {
    const { folder } = studio;
    const pack = path.resolve('models/starter');
    const manifest = JSON.parse(await readFile(path.join(pack, 'manifest.json'), 'utf8')) as Json;
    const hash = createHash('sha256').update(canonicalJson(manifest)).digest('hex');
    const home = await openSharedHome(path.join(folder, 'home'));
    const lock = await home.locks.acquire(`pack-${hash}`, new AbortController().signal);
    await page().keyboard.press(`${mod}+Shift+P`);
    await page().getByRole('button', { name: 'Install from a folder…' }).click();
    const pick = dialog('Install a pack');
    await pick.getByRole('textbox', { name: 'Folder' }).fill(pack);
    await pick.getByRole('textbox', { name: 'Folder' }).press('Enter');
    await pick.getByText('Nothing', { exact: false }).or(pick.getByRole('option')).first().waitFor();
    await pick.getByRole('button', { name: 'Choose' }).click();
    await page().getByText('Installing starter').first().waitFor();
    await look('installing');
    await dialog('Model packs').getByRole('button', { name: 'Cancel' }).click();
    await page().getByRole('button', { name: 'Install from a folder…' }).waitFor();
    await lock.release();
    await home.close();
    const left = await readdir(path.join(folder, 'home', 'packs'));
    expect(left.filter((name) => !name.startsWith('.verified'))).toEqual([]);
    expect(studio.complaints).toEqual([]);
  });
});
