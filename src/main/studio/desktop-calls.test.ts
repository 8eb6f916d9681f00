import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { menuSchema } from '#shared/studio/desktop';
import { browserDesktop } from './browser-desktop';
import type { Desktop } from './desktop';
import { desktopCalls } from './desktop-calls';
import { temporaryHome } from './studio.test-support';

const never = new AbortController().signal;

function recording(): { readonly desktop: Desktop; readonly done: string[] } {
  const done: string[] = [];
  const note = (what: string) => (file: string) => Promise.resolve(void done.push(`${what} ${path.basename(file)}`));
  return { done, desktop: { ...browserDesktop(), open: note('open'), reveal: note('reveal') } };
}

it('opens films and pictures that are there, and shows anything that is', async () => {
  const folder = await temporaryHome();
  const { desktop, done } = recording();
  const calls = desktopCalls(desktop);
  for (const name of ['boat.mp4', 'boat.PNG', 'boat.exe', 'boat', 'boat.mp4.desktop', 'boat.html', 'boat.svg'])
    await writeFile(path.join(folder, name), 'x');
  await mkdir(path.join(folder, 'folder.mp4'));
  for (const name of ['boat.mp4', 'boat.PNG']) await calls.openFile({ file: path.join(folder, name) }, never);
  for (const name of ['boat.exe', 'boat', 'boat.mp4.desktop', 'boat.html', 'boat.svg', 'folder.mp4', 'gone.mp4'])
    await expect(calls.openFile({ file: path.join(folder, name) }, never), name).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  await calls.revealFile({ file: path.join(folder, 'boat.exe') }, never);
  for (const file of [path.join(folder, 'gone.mp4'), 'boat.mp4', '--help'])
    await expect(calls.revealFile({ file }, never), file).rejects.toMatchObject({ code: 'invalid-argument' });
  expect(done).toEqual(['open boat.mp4', 'open boat.PNG', 'reveal boat.exe']);
});

it('has no dialogs in a browser, and says where a file is if nothing can show it', async () => {
  const desktop = browserDesktop('aix');
  expect(await desktop.choosePaths({ kind: 'folder', title: 'Where' })).toEqual({ kind: 'no-dialogs' });
  const { PATH } = process.env;
  process.env['PATH'] = '';
  try {
    await expect(desktop.reveal('/films/boat.mp4')).rejects.toThrow('/films/boat.mp4');
  } finally {
    process.env['PATH'] = PATH;
  }
});

it('takes menus of commands and known roles only, and no bare keys', () => {
  const quitting = { message: 'Quit?', jobs: 'a', exports: 'b', unsaved: 'c', quit: 'Quit', stay: 'Stay' };
  const menu = (item: object): boolean =>
    menuSchema.safeParse({ quitting, menus: [{ place: 'other', label: 'Edit', items: [item] }] }).success;
  const undo = { kind: 'command', command: 'undo', label: 'Undo' };
  expect(menu({ ...undo, accelerator: 'CommandOrControl+Shift+Z', editing: 'undo' })).toBe(true);
  expect(menu({ ...undo, accelerator: 'Z' })).toBe(false);
  expect(menu({ ...undo, command: 'constructor()' })).toBe(false);
  expect(menu({ kind: 'role', role: 'close', label: 'Close' })).toBe(true);
  expect(menu({ kind: 'role', role: 'reload', label: 'Reload' })).toBe(false);
  expect(menu({ kind: 'role', role: 'close', label: '' })).toBe(false);
});
