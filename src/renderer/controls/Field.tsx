/** A row of a form: what it is, the control, and a word of advice or what is wrong. The control has the name for itself. */
import type { ReactNode } from 'react';
import styles from './controls.module.css';

interface Props {
  readonly name: string;
  readonly hint?: string;
  readonly problem?: string;
  readonly children: ReactNode;
}

export function Field({ name, hint, problem, children }: Props) {
  return (
    <div className={styles['field']}>
      <span className={styles['fieldName']} aria-hidden>
        {name}
      </span>
      <div className={styles['fieldControl']}>{children}</div>
      {problem !== undefined ? (
        <p className={styles['problem']} role="alert">
          {problem}
        </p>
      ) : (
        hint !== undefined && <p className={styles['hint']}>{hint}</p>
      )}
    </div>
  );
}
