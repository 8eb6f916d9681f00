/** What can be done with a thing, behind one button with three dots. */
import { MoreHorizontal } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
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
}

export function Actions({ label, actions }: Props) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button className={styles['icon']} aria-label={label}>
          <MoreHorizontal size={14} aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles['menu']} align="end" sideOffset={2} collisionPadding={8}>
          {actions.map(({ id, label: name, run, isDisabled = false }) => (
            <DropdownMenu.Item
              key={id}
              className={styles['item']}
              disabled={isDisabled}
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
