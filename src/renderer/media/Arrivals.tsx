/** Files on their way into the project, each with how far it is and a way to stop it. */
import { X } from 'lucide-react';
import { IconButton } from '../controls/Button';
import { Progress } from '../controls/Progress';
import { useMedia, useSay } from '../studio/use-studio';
import type { TextKey } from '../text/english';
import type { Arrival } from './media-store';
import styles from './media.module.css';
import { percentOf } from './media-words';

const steps: Readonly<Record<Arrival['step'], TextKey>> = {
  waiting: 'media.step.waiting',
  sending: 'media.step.sending',
  reading: 'media.step.reading',
  examining: 'media.step.examining',
};

export function Arrivals() {
  const say = useSay();
  const arrivals = useMedia((media) => media.arrivals);
  if (arrivals.length === 0) return null;
  return (
    <ul className={styles['arrivals']} aria-label={say('media.arrivals')}>
      {arrivals.map(({ id, name, step, share, stop }) => (
        <li key={id} className={styles['arrival']}>
          <span className={styles['name']} title={name}>
            {name}
          </span>
          <IconButton label={say('media.stop', { name })} onClick={stop}>
            <X size={13} aria-hidden />
          </IconButton>
          <span className={styles['progress']}>
            <Progress
              label={name}
              share={share}
              words={step === 'waiting' ? say(steps[step]) : `${say(steps[step])} ${percentOf(share)} %`}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}
