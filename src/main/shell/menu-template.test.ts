import { expect, it } from 'vitest';
import type { Menu } from '#shared/studio/desktop';
import { menuTemplate } from './menu-template';

const undo = {
  ...({ kind: 'command', command: 'undo', label: '실행 취소', editing: 'undo' } as const),
  accelerator: 'CommandOrControl+Z',
};
const menu: Menu = {
  menus: [
    { place: 'app', label: 'Sluice', items: [{ kind: 'role', role: 'quit', label: 'Quit' }] },
    {
      place: 'other',
      label: '편집',
      items: [undo, { kind: 'separator' }, { kind: 'role', role: 'zoom', label: 'Zoom' }],
    },
    {
      place: 'window',
      label: 'Window',
      items: [
        { kind: 'role', role: 'newWindow', label: 'New window' },
        { kind: 'separator' },
        { kind: 'role', role: 'toggleDevTools', label: 'Tools' },
      ],
    },
  ],
  quitting: { message: 'a', jobs: 'b', exports: 'c', unsaved: 'd', quit: 'e', stay: 'f' },
};
const none = { choose: () => undefined, newWindow: () => undefined };
const on = (platform: NodeJS.Platform, isDevelopment = false) => menuTemplate(menu, { platform, isDevelopment }, none);

it('has on each system what that system knows, and no separators around nothing', () => {
  expect(on('linux').map(({ label }) => label)).toEqual(['편집', 'Window']);
  expect(on('linux')[0]?.submenu).toHaveLength(1);
  expect(on('darwin').map(({ label }) => label)).toEqual(['Sluice', '편집', 'Window']);
  expect(on('darwin')[1]?.submenu).toHaveLength(3);
  expect(on('linux')[1]).toMatchObject({ role: 'window', submenu: [{ label: 'New window' }] });
  expect(on('linux', true)[1]?.submenu).toHaveLength(3);
});

it('shows the keys of commands, and leaves the keys themselves to the window where the system lets it', () => {
  expect(on('linux')[0]?.submenu).toMatchObject([{ accelerator: 'CommandOrControl+Z', registerAccelerator: false }]);
  expect(on('darwin')[1]?.submenu).toMatchObject([{ registerAccelerator: true }, {}, {}]);
});

it('tells which command was chosen', () => {
  const chosen: string[] = [];
  const actions = { ...none, choose: ({ command }: { readonly command: string }) => void chosen.push(command) };
  const [edit] = menuTemplate(menu, { platform: 'linux', isDevelopment: false }, actions);
  const [item] = Array.isArray(edit?.submenu) ? edit.submenu : [];
  if (item?.click !== undefined) Reflect.apply(item.click, undefined, [item, undefined, {}]);
  expect(chosen).toEqual(['undo']);
});
