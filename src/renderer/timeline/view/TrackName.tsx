/** The name of a track: a button that chooses it, and while it is renamed a field. */
import { useState, type KeyboardEvent } from 'react';
import { changeTrack } from '#shared/project/edits/tracks';
import type { Track } from '#shared/project/track';
import { useSay, useStudio, useTimeline } from '../../studio/use-studio';
import styles from './timeline.module.css';

interface Props {
  readonly track: Track;
  readonly isChosen: boolean;
}

export function TrackName({ track, isChosen }: Props) {
  const { timeline } = useStudio();
  const isRenaming = useTimeline(({ renaming }) => renaming === track.id);
  if (isRenaming) return <NameField track={track} />;
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

function NameField({ track }: Pick<Props, 'track'>) {
  const say = useSay();
  const { timeline, document } = useStudio();
  const [typed, setTyped] = useState(track.name);
  const end = (keeps: boolean): void => {
    const name = typed.trim();
    timeline.setState({ renaming: undefined });
    if (keeps && name !== '' && name !== track.name)
      document.edit((project) => changeTrack(project, { trackId: track.id, name }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') end(true);
    if (event.key === 'Escape') end(false);
  };
  return (
    <input
      className={styles['nameField']}
      aria-label={say('timeline.trackName', { name: track.name })}
      autoFocus
      maxLength={200}
      value={typed}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => end(true)}
      onKeyDown={onKeyDown}
    />
  );
}
