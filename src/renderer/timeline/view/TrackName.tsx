/** The name of a track: a button that chooses it, and while it is renamed a field. */
import { changeTrack } from '#shared/project/edits/tracks';
import type { Track } from '#shared/project/track';
import { NameField } from '../../controls/NameField';
import { useSay, useStudio, useTimeline } from '../../studio/use-studio';
import styles from './timeline.module.css';

interface Props {
  readonly track: Track;
  readonly isChosen: boolean;
}

export function TrackName({ track, isChosen }: Props) {
  const say = useSay();
  const { timeline, document } = useStudio();
  const isRenaming = useTimeline(({ renaming }) => renaming === track.id);
  const rename = (name?: string): void => {
    timeline.setState({ renaming: undefined });
    if (name !== undefined) document.edit((project) => changeTrack(project, { trackId: track.id, name }));
  };
  if (isRenaming)
    return <NameField label={say('timeline.trackName', { name: track.name })} name={track.name} onEnd={rename} />;
  return (
    <button
      type="button"
      className={styles['name']}
      data-grip
      title={track.name}
      aria-pressed={isChosen}
      onClick={() => timeline.setState({ track: track.id })}
      onDoubleClick={() => timeline.setState({ renaming: track.id })}
    >
      {track.name}
    </button>
  );
}
