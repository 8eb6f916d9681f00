/** Commands for media of the user's own. */
import { newClipId, newTrackId } from '#shared/project/ids';
import { chooseAndImport, lookAgain } from '../media/choose-media';
import { soundDetached } from '../media/detach-sound';
import { filmOf } from '../media/super-resolve';
import { chosen, onChosen } from './chosen';
import type { Command } from './command';

export const mediaCommands: readonly Command[] = [
  {
    id: 'importMedia',
    name: 'command.importMedia',
    group: 'edit',
    keys: ['Mod+KeyI'],
    run: (studio) => void chooseAndImport(studio),
  },
  {
    id: 'lookForMedia',
    name: 'command.lookForMedia',
    group: 'edit',
    keys: [],
    run: (studio) => void lookAgain(studio),
  },
  {
    id: 'superResolve',
    name: 'command.superResolve',
    group: 'generate',
    keys: [],
    run: (studio) => {
      const film = filmOf(studio.document.getState().project, chosen(studio));
      if (film !== undefined) studio.dialogs.setState({ superResolve: film });
    },
  },
  {
    id: 'detachSound',
    name: 'command.detachSound',
    group: 'edit',
    keys: ['Mod+Alt+KeyD'],
    run: onChosen((project, clips) =>
      soundDetached(project, clips, () => ({ clip: newClipId(), track: newTrackId() })),
    ),
  },
];
