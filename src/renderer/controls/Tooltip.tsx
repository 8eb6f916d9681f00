/** Words beside what the pointer or the focus is on, for an element that has no room for them. Never the only place of a name. */
import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './controls.module.css';

interface Props {
  readonly words: string;
  /** As a person reads them; shown behind the words. */
  readonly keys?: string;
  /** One element that can have the focus. */
  readonly children: ReactNode;
}

export function Tooltip({ words, keys = '', children }: Props) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles['tip']} sideOffset={4} collisionPadding={8}>
          {words}
          {keys !== '' && <span className={styles['keys']}>{keys}</span>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
