/** What can be done with a track, for its menu: the same commands as by key, of the track that the menu belongs to. */
import type { Track } from '#shared/project/track';
import { trackCommands } from '../../commands/track-commands';
import type { Action } from '../../controls/Actions';
import { useDocument, useSay, useStudio } from '../../studio/use-studio';

const offered = ['renameTrack', 'trackUp', 'trackDown', 'trackHigher', 'trackLower', 'selectTrack', 'removeTrack'];

export function useTrackActions({ id, locked }: Track): readonly Action[] {
  const say = useSay();
  const studio = useStudio();
  const order = useDocument(({ project }) => project.trackOrder);
  const place = order.indexOf(id);
  const isDisabled = (command: string): boolean =>
    (command === 'trackUp' && place === order.length - 1) ||
    (command === 'trackDown' && place === 0) ||
    (command === 'removeTrack' && locked);
  return trackCommands
    .filter((command) => offered.includes(command.id))
    .map((command) => ({
      id: command.id,
      label: say(command.name),
      isDisabled: isDisabled(command.id),
      run: () => {
        studio.timeline.setState({ track: id });
        command.run(studio);
      },
    }));
}
