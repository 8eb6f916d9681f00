/** Something small beside the button that opens it. Escape, and a press elsewhere, close it. */
import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './controls.module.css';

interface Props {
  /** What it is, for those who hear it. */
  readonly label: string;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** One button. */
  readonly button: ReactNode;
  readonly children: ReactNode;
}

export function Popover({ label, isOpen, onOpenChange, button, children }: Props) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Anchor asChild>
        <span>{button}</span>
      </Radix.Anchor>
      <Radix.Portal>
        <Radix.Content className={styles['popover']} aria-label={label} sideOffset={4} collisionPadding={8}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
