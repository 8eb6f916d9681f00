/** A named field; a dot says that it differs from the pack's default. */
import type { ReactNode } from 'react';
import styles from './inspector.module.css';

interface Props {
  readonly label: string;
  readonly isChanged?: boolean;
  readonly children: ReactNode;
}

export function Field({ label, isChanged = false, children }: Props) {
  return (
    <div className={styles['field']}>
      <span className={isChanged ? styles['changed'] : undefined}>{label}</span>
      {children}
    </div>
  );
}
