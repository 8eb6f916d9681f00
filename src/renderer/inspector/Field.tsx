/** A named field. A dot says that it differs from what it is otherwise, and a button puts it back. */
import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../controls/Button';
import { useSay } from '../studio/use-studio';
import styles from './inspector.module.css';

interface Props {
  readonly label: string;
  /** Where it was changed: for all takes, or for this one; absent: it is the pack's default. */
  readonly changed?: 'shot' | 'take' | undefined;
  /** Puts it back; absent: it was not changed here. */
  readonly onRevert?: (() => void) | undefined;
  readonly children: ReactNode;
}

export function Field({ label, changed, onRevert, children }: Props) {
  const say = useSay();
  return (
    <div className={styles['field']}>
      <span className={styles['fieldName']} data-changed={changed}>
        {label}
      </span>
      <span className={styles['control']}>
        {children}
        {onRevert !== undefined && (
          <IconButton label={say('inspector.revert', { field: label })} className={styles['revert']} onClick={onRevert}>
            <RotateCcw size={11} aria-hidden />
          </IconButton>
        )}
      </span>
    </div>
  );
}
