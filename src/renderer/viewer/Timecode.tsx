/** The frame that is shown, the playhead's unless a clip goes round by itself, as a timecode and a count; a field that jumps to what is typed. */
import { useState, type KeyboardEvent } from 'react';
import { useDocument, useLooking, useSay, useStudio, useTimeline } from '../studio/use-studio';
import { timecode } from '../timeline/model/ruler';
import { revealing } from '../timeline/model/scale';
import { frameTyped } from './timecode-in';
import styles from './viewer.module.css';

export function Timecode() {
  const say = useSay();
  const { timeline } = useStudio();
  const playhead = useTimeline((state) => Math.floor(state.playhead));
  const turned = useLooking((looking) => looking.turned);
  const rate = useDocument(({ project }) => project.frameRate);
  const [typed, setTyped] = useState<string>();
  const jump = (): void => {
    const frame = typed === undefined ? undefined : frameTyped(typed, rate, playhead);
    if (frame !== undefined)
      timeline.setState(({ scale, width }) => ({
        playhead: frame,
        rate: 0,
        scale: width === 0 ? scale : revealing(scale, frame, width),
      }));
    setTyped(undefined);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') jump();
    else if (event.key === 'Escape') setTyped(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.blur();
  };
  const isUnreadable = typed !== undefined && typed !== '' && frameTyped(typed, rate, playhead) === undefined;
  return (
    <span className={styles['clock']}>
      <input
        className={styles['time']}
        aria-label={say('viewer.time')}
        aria-invalid={isUnreadable}
        title={say('viewer.timeHint')}
        spellCheck={false}
        autoComplete="off"
        value={typed ?? timecode(turned ?? playhead, rate)}
        onFocus={(event) => {
          setTyped(timecode(playhead, rate));
          event.currentTarget.select();
        }}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => setTyped(undefined)}
        onKeyDown={onKeyDown}
      />
      <span className={styles['count']}>
        {turned === undefined ? say('viewer.frame', { frame: playhead }) : say('viewer.turned', { frame: turned })}
      </span>
    </span>
  );
}
