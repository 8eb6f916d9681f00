/** What can be done with a thing, behind one button: three dots, where no other sign says more. */
import { MoreHorizontal } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './Button';
import styles from './controls.module.css';

export interface Action {
  readonly id: string;
  readonly label: string;
  readonly run: () => void;
  readonly isDisabled?: boolean;
}

interface Props {
  /** Names the thing, too: "Actions for Harbour". */
  readonly label: string;
  readonly actions: readonly Action[];
  readonly icon?: ReactNode;
  readonly isDisabled?: boolean;
}

export function Actions({ label, actions, icon, isDisabled = false }: Props) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button className={styles['icon']} aria-label={label} disabled={isDisabled}>
          {icon ?? <MoreHorizontal size={14} aria-hidden />}
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles['menu']} align="end" sideOffset={2} collisionPadding={8}>
          {actions.map(({ id, label: name, run, isDisabled: isOff = false }) => (
            <DropdownMenu.Item
              key={id}
              className={styles['item']}
              disabled={isOff}
              // The menu gives the focus back first; what is run may want it elsewhere.
              onSelect={() => setTimeout(run)}
            >
              {name}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
