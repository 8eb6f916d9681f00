/** How far something is, with the number. */
import { Progress as Radix } from 'radix-ui';
import styles from './controls.module.css';

interface Props {
  readonly label: string;
  /** 0 … 1. */
  readonly share: number;
  /** What stands beside the bar; the share in per cent where absent. */
  readonly words?: string;
}

export function Progress({ label, share, words }: Props) {
  const percent = Math.floor(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div className={styles['progress']}>
      <Radix.Root className={styles['track']} aria-label={label} value={percent} max={100}>
        <Radix.Indicator className={styles['made']} style={{ width: `${percent}%` }} />
      </Radix.Root>
      <span className={styles['percent']}>{words ?? `${percent} %`}</span>
    </div>
  );
}
