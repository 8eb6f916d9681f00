/** What a gesture measures, said beside the pointer. Nobody who does not drag needs it: it is not read aloud. */
import type { FrameRate } from '#shared/project/time';
import { useDocument, useSay, useTimeline } from '../../studio/use-studio';
import type { Say } from '../../text/text';
import type { Readout as Measure } from '../gestures/gesture';
import { timecode } from '../model/ruler';
import styles from './timeline.module.css';

export function Readout() {
  const say = useSay();
  const measure = useTimeline(({ shown }) => shown.readout);
  const { x, y } = useTimeline(({ pointer }) => pointer);
  const frameRate = useDocument(({ project }) => project.frameRate);
  if (measure === undefined) return null;
  return (
    <div className={styles['readout']} style={{ left: x + 14, top: y + 14 }} aria-hidden>
      {readoutText(measure, frameRate, say)}
    </div>
  );
}

function readoutText(measure: Measure, frameRate: FrameRate, say: Say): string {
  switch (measure.kind) {
    case 'by': {
      const sign = measure.frames < 0 ? '−' : '+';
      const frames = Math.abs(measure.frames);
      return say('timeline.by', { time: `${sign}${timecode(frames, frameRate)}`, frames: `${sign}${frames}` });
    }
    case 'fade':
    case 'dissolve':
      return say(`timeline.${measure.kind}`, { frames: measure.frames });
    case 'opacity':
    case 'volume':
    case 'speed':
      return say(`timeline.${measure.kind}`, { percent: Math.round(measure.share * 100) });
  }
}
