/** A track's name, whether it is seen and can be changed, and what can be done with it. Dragged by its name it changes places. */
import { Eye, EyeOff, Lock, LockOpen, Volume2, VolumeX } from 'lucide-react';
import { useMemo, type PointerEvent } from 'react';
import { changeTrack } from '#shared/project/edits/tracks';
import { Actions } from '../../controls/Actions';
import { IconButton } from '../../controls/Button';
import { useSay, useStudio, useTimeline } from '../../studio/use-studio';
import { arranging } from '../gestures/arrange';
import type { Row } from '../model/rows';
import type { Hand } from './hand';
import { pointerOf, sceneOf } from './pointer';
import styles from './timeline.module.css';
import { TrackHeight } from './TrackHeight';
import { TrackName } from './TrackName';
import { useTrackActions } from './use-track-actions';

interface Props {
  readonly row: Row;
  readonly rows: readonly Row[];
  readonly hand: Hand;
}

export function TrackHeader({ row, rows, hand }: Props) {
  const { track, height } = row;
  const say = useSay();
  const { document } = useStudio();
  const isChosen = useTimeline((state) => state.track === track.id);
  const handlers = useArranging(row, rows, hand);
  const actions = useTrackActions(track);
  const [Shown, Hidden] = track.kind === 'video' ? [Eye, EyeOff] : [Volume2, VolumeX];
  const change = (fields: { readonly muted?: boolean; readonly locked?: boolean }) => (): void =>
    void document.edit((project) => changeTrack(project, { trackId: track.id, ...fields }));
  return (
    <div
      className={styles['header']}
      style={{ height }}
      data-muted={track.muted}
      data-chosen={isChosen}
      aria-label={say('timeline.track', { name: track.name })}
      role="group"
      {...handlers}
    >
      <TrackName track={track} isChosen={isChosen} />
      <IconButton
        label={say('timeline.mute', { name: track.name })}
        aria-pressed={track.muted}
        onClick={change({ muted: !track.muted })}
      >
        {track.muted ? <Hidden size={13} aria-hidden /> : <Shown size={13} aria-hidden />}
      </IconButton>
      <IconButton
        label={say('timeline.lock', { name: track.name })}
        aria-pressed={track.locked}
        onClick={change({ locked: !track.locked })}
      >
        {track.locked ? <Lock size={13} aria-hidden /> : <LockOpen size={13} aria-hidden />}
      </IconButton>
      <Actions label={say('timeline.trackActions', { name: track.name })} actions={actions} />
      <TrackHeight row={row} hand={hand} />
    </div>
  );
}

/** Pixels from the top of all rows, though the header listens: what is dragged is the order of rows. */
function useArranging(row: Row, rows: readonly Row[], hand: Hand) {
  const studio = useStudio();
  return useMemo(() => {
    const at = (event: PointerEvent<HTMLElement>) => {
      const own = pointerOf(studio, event);
      return { ...own, y: own.y + row.top };
    };
    return {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        const isControl = event.target instanceof Element && event.target.closest('[data-grip], input') === null;
        if (event.button !== 0 || (isControl && event.target !== event.currentTarget)) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const from = at(event);
        hand.press(from, arranging(sceneOf(studio, rows), from, row.track.id), { kind: 'nothing' });
        studio.timeline.setState({ track: row.track.id });
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (!hand.isIdle) hand.move(at(event), event);
      },
      onPointerUp: () => hand.release(),
      onPointerCancel: () => hand.cancel(),
    };
  }, [studio, row, rows, hand]);
}
