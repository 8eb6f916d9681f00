/** The transport: where the playhead is, and what moves it. */
import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, Pause, Play, Repeat } from 'lucide-react';
import { CommandButton } from '../commands/CommandButton';
import { useDocument, useSay, useTimeline, useView } from '../studio/use-studio';
import { lengthFrames } from '../timeline/model/project-length';
import { timecode } from '../timeline/model/ruler';
import styles from './viewer.module.css';

export function Transport() {
  const say = useSay();
  const rate = useTimeline((timeline) => timeline.rate);
  const playhead = useTimeline((timeline) => timeline.playhead);
  const frameRate = useDocument(({ project }) => project.frameRate);
  const length = useDocument(({ project }) => lengthFrames(project));
  const isLoop = useView((view) => view.loop);
  return (
    <div className={styles['transport']}>
      <span className={styles['time']} role="timer" aria-label={say('viewer.time')}>
        {timecode(playhead, frameRate)}
      </span>
      <span className={styles['buttons']}>
        <CommandButton id="toStart">
          <ChevronFirst size={14} aria-hidden />
        </CommandButton>
        <CommandButton id="stepBack">
          <ChevronLeft size={14} aria-hidden />
        </CommandButton>
        <CommandButton id="play">
          {rate === 0 ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
        </CommandButton>
        <CommandButton id="stepForward">
          <ChevronRight size={14} aria-hidden />
        </CommandButton>
        <CommandButton id="toEnd">
          <ChevronLast size={14} aria-hidden />
        </CommandButton>
        <CommandButton id="loop" isPressed={isLoop}>
          <Repeat size={14} aria-hidden />
        </CommandButton>
      </span>
      <span className={styles['right']}>
        {rate !== 0 && rate !== 1 ? `${say('viewer.rate', { rate })}  ` : ''}
        {timecode(length, frameRate)}
      </span>
    </div>
  );
}
