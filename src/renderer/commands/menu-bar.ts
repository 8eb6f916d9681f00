/**
 * The menu bar that an Electron window asks main for: the same commands, words and keys as everywhere else, in the places where people
 * look for them on each system. Pure.
 */
import type { Menu, MenuItem } from '#shared/studio/desktop';
import type { Say } from '../text/text';
import { keysOf, type Remaps } from './bindings';
import type { Command, CommandGroup } from './command';

export interface MenuSetting {
  readonly say: Say;
  readonly remaps: Remaps;
  readonly isMac: boolean;
}

type Role = Extract<MenuItem, { kind: 'role' }>['role'];
type Editing = NonNullable<Extract<MenuItem, { kind: 'command' }>['editing']>;

/** Commands that are something else in a text that is being written. */
const editing: Readonly<Record<string, Editing>> = {
  undo: 'undo',
  redo: 'redo',
  cut: 'cut',
  copy: 'copy',
  paste: 'paste',
};
/** In the menus where people look for these; everything else of their group is below `file`. */
const ofHelp = new Set(['shortcuts', 'palette', 'tour']);
const separator: MenuItem = { kind: 'separator' };

export function menuBar(commands: readonly Command[], setting: MenuSetting): Menu {
  const { say, isMac } = setting;
  const items = (wanted: (command: Command) => boolean): MenuItem[] =>
    commands.filter(wanted).map((command) => commandItem(command, setting));
  const group = (name: CommandGroup): MenuItem[] => items((command) => command.group === name);
  const roles = (...names: readonly Role[]): MenuItem[] =>
    names.map((role) => ({ kind: 'role', role, label: say(`menu.${role}`) }));
  const settings = items(({ id }) => id === 'settings');
  const screens = items(({ group: of, id }) => of === 'studio' && id !== 'settings' && !ofHelp.has(id));
  const app = [
    ...[...roles('about'), separator, ...settings, separator, ...roles('services'), separator],
    ...[...roles('hide', 'hideOthers', 'unhide'), separator, ...roles('quit')],
  ];
  const file = [...roles('newWindow'), separator, ...screens, separator, ...roles('close')];
  const fileElsewhere = [...file.slice(0, -2), ...settings, separator, ...roles('close', 'quit')];
  return {
    menus: [
      { place: 'app', label: 'Sluice', items: app },
      { place: 'other', label: say('menu.file'), items: isMac ? file : fileElsewhere },
      { place: 'other', label: say('group.edit'), items: group('edit') },
      { place: 'other', label: say('group.play'), items: group('play') },
      { place: 'other', label: say('group.generate'), items: group('generate') },
      {
        place: 'other',
        label: say('group.view'),
        items: [...group('view'), separator, ...roles('togglefullscreen', 'toggleDevTools')],
      },
      { place: 'window', label: say('menu.window'), items: roles('minimize', 'zoom', 'front') },
      {
        place: 'help',
        label: say('menu.help'),
        items: [...items(({ id }) => ofHelp.has(id)), ...(isMac ? [] : [separator, ...roles('about')])],
      },
    ],
    quitting: {
      message: say('quit.message'),
      jobs: say('quit.jobs'),
      exports: say('quit.exports'),
      unsaved: say('quit.unsaved'),
      quit: say('quit.quit'),
      stay: say('quit.stay'),
    },
  };
}

function commandItem(command: Command, { say, remaps }: MenuSetting): MenuItem {
  const { id, name } = command;
  const accelerator = keysOf(command, remaps)
    .map(acceleratorOf)
    .find((found) => found !== undefined);
  const inTexts = editing[id];
  return {
    kind: 'command',
    command: id,
    label: say(name),
    ...(accelerator !== undefined && { accelerator }),
    ...(inTexts !== undefined && { editing: inTexts }),
  };
}

const keyNames: Readonly<Record<string, string>> = {
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Enter: 'Return',
  Escape: 'Esc',
};
const plainKeys = /^(Space|Tab|Delete|Backspace|Home|End|PageUp|PageDown|F\d{1,2})$/;

/**
 * A stroke as Electron's menus spell it. Undefined without `Mod`, since a bare key belongs to whoever writes, and for keys whose print
 * differs from keyboard to keyboard: the window hears those by where they lie.
 */
function acceleratorOf(stroke: string): string | undefined {
  const parts = stroke.split('+');
  const code = parts.at(-1) ?? '';
  const key = /^(?:Key|Digit)(\w)$/.exec(code)?.[1] ?? keyNames[code] ?? (plainKeys.test(code) ? code : undefined);
  if (parts[0] !== 'Mod' || key === undefined) return undefined;
  return ['CommandOrControl', ...parts.slice(1, -1), key].join('+');
}
