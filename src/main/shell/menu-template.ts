/** The menu bar that a window asked for, in Electron's words. Pure: what a click does is handed in. */
import type { MenuItemConstructorOptions } from 'electron';
import type { Menu, MenuItem } from '#shared/studio/desktop';

export interface MenuSetting {
  readonly platform: NodeJS.Platform;
  /** Where developers work on the program itself: their tools are in the menu there alone. */
  readonly isDevelopment: boolean;
}

export interface MenuActions {
  /** @param windowId of the window whose menu it was, where the system has menus of windows */
  choose(item: Extract<MenuItem, { kind: 'command' }>, windowId: number | undefined): void;
  newWindow(): void;
}

/** Only a Mac has these. */
const macRoles = new Set(['services', 'hide', 'hideOthers', 'unhide', 'zoom', 'front']);

export function menuTemplate(
  { menus }: Menu,
  setting: MenuSetting,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = setting.platform === 'darwin';
  return menus.flatMap(({ place, label, items }) => {
    if (place === 'app' && !isMac) return [];
    const submenu = withoutIdleSeparators(items.flatMap((item) => itemOptions(item, setting, actions)));
    const role = place === 'window' || place === 'help' ? { role: place } : {};
    return [{ label, submenu, ...role }];
  });
}

function itemOptions(item: MenuItem, setting: MenuSetting, actions: MenuActions): MenuItemConstructorOptions[] {
  const isMac = setting.platform === 'darwin';
  switch (item.kind) {
    case 'separator':
      return [{ type: 'separator' }];
    case 'role': {
      const { role, label } = item;
      if (macRoles.has(role) && !isMac) return [];
      if (role === 'toggleDevTools' && !setting.isDevelopment) return [];
      if (role !== 'newWindow') return [{ role, label }];
      return [{ label, accelerator: 'CommandOrControl+Shift+N', click: () => actions.newWindow() }];
    }
    case 'command':
      return [
        {
          label: item.label,
          ...(item.accelerator !== undefined && { accelerator: item.accelerator }),
          // The window hears keys by itself. A Mac gives a menu only what the window left.
          registerAccelerator: isMac,
          click: (_item, window) => actions.choose(item, window?.id),
        },
      ];
  }
}

/** What stood between may have gone. */
function withoutIdleSeparators(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.filter(({ type }, i) => {
    const next = items[i + 1];
    return type !== 'separator' || (i > 0 && next !== undefined && next.type !== 'separator');
  });
}
