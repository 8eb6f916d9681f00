/** What can be done with what lies under the pointer, or under the focus: opened by the other button, or by the menu key. */
import { ContextMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './controls.module.css';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** As a person reads them; '' where it has none. */
  readonly keys: string;
  readonly run: () => void;
  readonly isDisabled?: boolean;
}

interface Props {
  /** Groups, with a line between them. */
  readonly groups: readonly (readonly MenuItem[])[];
  /** One element. */
  readonly children: ReactNode;
}

export function ContextMenu({ groups, children }: Props) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles['menu']} collisionPadding={8}>
          {groups
            .filter((items) => items.length > 0)
            .map((items, index) => (
              <Radix.Group key={items[0]?.id}>
                {index > 0 && <Radix.Separator className={styles['menuLine']} />}
                {items.map(({ id, label, keys, run, isDisabled = false }) => (
                  <Radix.Item
                    key={id}
                    className={styles['item']}
                    disabled={isDisabled}
                    // The menu gives the focus back first; what is run may want it elsewhere.
                    onSelect={() => setTimeout(run)}
                  >
                    {label}
                    <span className={styles['menuKeys']}>{keys}</span>
                  </Radix.Item>
                ))}
              </Radix.Group>
            ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
