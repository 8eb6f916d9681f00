/** The seed of the take: a number, dice for another one, and a lock that keeps it for new takes. */
import { Dices, Lock, LockOpen } from 'lucide-react';
import { changeSeed } from '#shared/project/edits/takes';
import { IconButton } from '../controls/Button';
import { NumberField } from '../controls/NumberField';
import { randomSeed } from '../generate/new-shot';
import type { SelectedShot } from '../studio/selected';
import { useSay, useStudio, useTimeline } from '../studio/use-studio';
import styles from './inspector.module.css';

interface Props {
  readonly selected: SelectedShot;
  readonly isDisabled: boolean;
}

export function SeedSection({ selected: { take }, isDisabled }: Props) {
  const say = useSay();
  const { document, timeline } = useStudio();
  const isLocked = useTimeline(({ isSeedLocked }) => isSeedLocked);
  const change = (seed: number): void =>
    void document.edit((project) => changeSeed(project, { takeId: take.id, seed }));
  return (
    <div className={styles['section']}>
      <div className={styles['field']}>
        {say('inspector.seed')}
        <span className={styles['seed']}>
          <NumberField
            label={say('inspector.seed')}
            value={take.seed}
            least={0}
            most={Number.MAX_SAFE_INTEGER}
            isDisabled={isDisabled}
            onChange={change}
          />
          <IconButton label={say('inspector.dice')} disabled={isDisabled} onClick={() => change(randomSeed())}>
            <Dices size={14} aria-hidden />
          </IconButton>
          <IconButton
            label={say('inspector.lockSeed')}
            aria-pressed={isLocked}
            onClick={() => timeline.setState({ isSeedLocked: !isLocked })}
          >
            {isLocked ? <Lock size={14} aria-hidden /> : <LockOpen size={14} aria-hidden />}
          </IconButton>
        </span>
      </div>
    </div>
  );
}
