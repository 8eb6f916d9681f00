/** The seed of one stage: the take's, or its own, by which this stage varies and those before it stay. */
import { Dices, Lock, LockOpen } from 'lucide-react';
import { IconButton } from '../controls/Button';
import { NumberField } from '../controls/NumberField';
import { randomSeed } from '../generate/new-shot';
import { useSay } from '../studio/use-studio';
import { Field } from './Field';
import styles from './inspector.module.css';
import type { StageForm } from './StageFields';

interface Props {
  /** Its own; absent: that of the take. */
  readonly seed: number | undefined;
  readonly seedOfTake: number;
  readonly form: StageForm;
}

export function StageSeed({ seed, seedOfTake, form: { isDisabled, set, mark } }: Props) {
  const say = useSay();
  const { changed, onRevert } = mark('seed');
  const isLocked = seed !== undefined;
  return (
    <Field label={say('inspector.stageSeed')} changed={changed}>
      <span className={styles['seed']}>
        <NumberField
          label={say('inspector.stageSeed')}
          value={seed ?? seedOfTake}
          least={0}
          most={Number.MAX_SAFE_INTEGER}
          isDisabled={isDisabled}
          onChange={(next) => set({ seed: next })}
        />
        <IconButton
          label={say('inspector.stageDice')}
          disabled={isDisabled}
          onClick={() => set({ seed: randomSeed() })}
        >
          <Dices size={14} aria-hidden />
        </IconButton>
        <IconButton
          label={say('inspector.stageLock')}
          aria-pressed={isLocked}
          disabled={isDisabled || (isLocked && onRevert === undefined)}
          onClick={() => (isLocked ? onRevert?.() : set({ seed: seedOfTake }))}
        >
          {isLocked ? <Lock size={14} aria-hidden /> : <LockOpen size={14} aria-hidden />}
        </IconButton>
      </span>
    </Field>
  );
}
