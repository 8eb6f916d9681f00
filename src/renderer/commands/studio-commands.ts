/** Commands that open the screens around the timeline. */
import type { Studio } from '../studio/studio';
import type { Command } from './command';

type Screen = NonNullable<ReturnType<Studio['dialogs']['getState']>['open']>;

const open =
  (screen: Screen) =>
  ({ dialogs }: Studio): void =>
    dialogs.setState({ open: screen });

export const studioCommands: readonly Command[] = [
  { id: 'projects', name: 'command.projects', group: 'studio', keys: ['Mod+KeyO'], run: open('projects') },
  { id: 'export', name: 'command.export', group: 'studio', keys: ['Mod+KeyE'], run: open('export') },
  { id: 'packs', name: 'command.packs', group: 'studio', keys: ['Mod+Shift+KeyP'], run: open('packs') },
  { id: 'settings', name: 'command.settings', group: 'studio', keys: ['Mod+Comma'], run: open('settings') },
  { id: 'palette', name: 'command.palette', group: 'studio', keys: ['Mod+KeyK'], run: open('palette') },
  { id: 'tour', name: 'command.tour', group: 'studio', keys: [], run: open('tour') },
  { id: 'shortcuts', name: 'command.shortcuts', group: 'studio', keys: ['Shift+Slash'], run: open('shortcuts') },
];
