/**
 * What lies over the work and is opened now and then. Each screen's code comes when it is first needed, or when the window has nothing
 * better to do, so that the work itself is there sooner.
 */
import type { ComponentType } from 'react';
import type { Dialogs } from '../studio/dialogs';

export interface Screen {
  readonly isWanted: (dialogs: Dialogs) => boolean;
  readonly load: () => Promise<ComponentType>;
}

const opens = (name: Dialogs['open']) => (dialogs: Dialogs) => dialogs.open === name;

export const screens: readonly Screen[] = [
  { isWanted: opens('palette'), load: async () => (await import('../commands/CommandPalette')).CommandPalette },
  { isWanted: opens('shortcuts'), load: async () => (await import('../commands/Shortcuts')).Shortcuts },
  { isWanted: opens('projects'), load: async () => (await import('../projects/Projects')).Projects },
  { isWanted: opens('packs'), load: async () => (await import('../packs/Packs')).Packs },
  { isWanted: opens('settings'), load: async () => (await import('../settings/Settings')).Settings },
  { isWanted: opens('export'), load: async () => (await import('../export/ExportDialog')).ExportDialog },
  {
    isWanted: ({ superResolve }) => superResolve !== undefined,
    load: async () => (await import('../media/SuperResolve')).SuperResolve,
  },
  { isWanted: ({ file }) => file !== undefined, load: async () => (await import('../files/FileDialog')).FileDialog },
];
