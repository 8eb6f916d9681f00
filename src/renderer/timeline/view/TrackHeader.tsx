/** A track's name, and whether it is shown and can be changed. */
import { Eye, EyeOff, Lock, LockOpen } from 'lucide-react';
import { changeTrack } from '#shared/project/edits/tracks';
import { IconButton } from '../../controls/Button';
import { useSay, useStudio } from '../../studio/use-studio';
import type { Row } from '../model/rows';
import styles from './timeline.module.css';

export function TrackHeader({ row: { track, height } }: { readonly row: Row }) {
  const say = useSay();
  const { document } = useStudio();
  const change = (fields: { readonly muted?: boolean; readonly locked?: boolean }) => (): void =>
    void document.edit((project) => changeTrack(project, { trackId: track.id, ...fields }));
  return (
    <div
      className={styles['header']}
      style={{ height }}
      data-muted={track.muted}
      aria-label={say('timeline.track', { name: track.name })}
      role="group"
    >
      <span className={styles['name']}>{track.name}</span>
      <IconButton
        label={say('timeline.mute', { name: track.name })}
        aria-pressed={track.muted}
        onClick={change({ muted: !track.muted })}
      >
        {track.muted ? <EyeOff size={13} aria-hidden /> : <Eye size={13} aria-hidden />}
      </IconButton>
      <IconButton
        label={say('timeline.lock', { name: track.name })}
        aria-pressed={track.locked}
        onClick={change({ locked: !track.locked })}
      >
        {track.locked ? <Lock size={13} aria-hidden /> : <LockOpen size={13} aria-hidden />}
      </IconButton>
    </div>
  );
}
