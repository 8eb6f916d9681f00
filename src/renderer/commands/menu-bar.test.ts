import { expect, it } from 'vitest';
import { menuSchema } from '#shared/studio/desktop';
import { sayIn } from '../text/text';
import { menuBar } from './menu-bar';
import { commands } from './table';

const menuIn = (isMac: boolean, remaps = {}) => menuBar(commands, { say: sayIn('ko'), remaps, isMac });
const itemsOf = (isMac: boolean, label: string, remaps = {}) =>
  menuIn(isMac, remaps).menus.find((menu) => menu.label === label)?.items ?? [];

it('has every command once, in the language of the window, in a form that main takes', () => {
  for (const isMac of [true, false]) {
    const menu = menuIn(isMac);
    expect(menuSchema.safeParse(menu).error).toBeUndefined();
    const shown = menu.menus
      .filter(({ place }) => isMac || place !== 'app')
      .flatMap(({ items }) => items.flatMap((item) => (item.kind === 'command' ? [item.command] : [])));
    expect(shown.toSorted()).toEqual(commands.map(({ id }) => id).toSorted());
  }
});

it('shows keys that a menu can have, as this person set them', () => {
  const undo = (remaps = {}) =>
    itemsOf(false, '편집', remaps).find((item) => item.kind === 'command' && item.command === 'undo');
  expect(undo()).toMatchObject({ label: '실행 취소', accelerator: 'CommandOrControl+Z', editing: 'undo' });
  expect(undo({ undo: 'Mod+Shift+ArrowLeft' })).toMatchObject({ accelerator: 'CommandOrControl+Shift+Left' });
  for (const remap of ['', 'KeyU', 'Shift+KeyU', 'Alt+KeyU', 'Mod+Comma'])
    expect(undo({ undo: remap })).not.toHaveProperty('accelerator');
});

it('puts what belongs to the program where each system has it', () => {
  const roles = (isMac: boolean, label: string): string[] =>
    itemsOf(isMac, label).flatMap((item) => (item.kind === 'role' ? [item.role] : []));
  expect(roles(true, 'Sluice')).toContain('quit');
  expect(roles(true, '파일')).not.toContain('quit');
  expect(roles(false, '파일')).toEqual(['newWindow', 'close', 'quit']);
  expect(roles(false, '도움말')).toEqual(['about']);
});
