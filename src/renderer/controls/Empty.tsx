/** What stands where nothing is yet: why, what to do about it, and the button that does it. */
import type { ReactNode } from 'react';
import styles from './controls.module.css';

interface Props {
  readonly title: string;
  readonly advice: string;
  readonly icon?: ReactNode;
  /** Buttons. */
  readonly children?: ReactNode;
}

export function Empty({ title, advice, icon, children }: Props) {
  return (
    <div className={styles['empty']}>
      {icon}
      <p className={styles['emptyTitle']}>{title}</p>
      <p className={styles['emptyAdvice']}>{advice}</p>
      {children !== undefined && <div className={styles['emptyActions']}>{children}</div>}
    </div>
  );
}
