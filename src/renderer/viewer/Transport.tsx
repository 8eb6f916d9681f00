/** The transport: where the playhead is, what moves it, and what is played. */
import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, Pause, Play, Repeat } from 'lucide-react';
import { CommandButton } from '../commands/CommandButton';
import { useDocument, useSay, useTimeline, useView } from '../studio/use-studio';
import { lengthFrames } from '../timeline/model/project-length';
import { timecode } from '../timeline/model/ruler';
import { Timecode } from './Timecode';
import styles from './viewer.module.css';

export function Transport() {
  const rate = useTimeline((timeline) => timeline.rate);
  const isLoop = useView((view) => view.loop);
  return (
    <div className={styles['transport']}>
      <Timecode />
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
      <Extent rate={rate} />
    </div>
  );
}

/** In and out where they are set, else how long everything is. */
function Extent({ rate }: { readonly rate: number }) {
  const say = useSay();
  const frameRate = useDocument(({ project }) => project.frameRate);
  const range = useDocument(({ project }) => project.range);
  const length = useDocument(({ project }) => lengthFrames(project));
  const speed = rate !== 0 && rate !== 1 ? say('viewer.rate', { rate }) : undefined;
  return (
    <span className={styles['right']}>
      {speed !== undefined && <span>{speed}</span>}
      {range !== undefined && (
        <span className={styles['range']}>
          {say('viewer.range', {
            from: timecode(range.inFrame, frameRate),
            to: timecode(range.outFrame, frameRate),
            length: timecode(range.outFrame - range.inFrame, frameRate),
          })}
        </span>
      )}
      <span>{timecode(length, frameRate)}</span>
    </span>
  );
}
