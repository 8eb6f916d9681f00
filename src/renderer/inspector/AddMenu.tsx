/** A plus that offers what can be added. */
import { Plus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { Action } from '../controls/Actions';
import { Button } from '../controls/Button';
import controls from '../controls/controls.module.css';

interface Props {
  readonly label: string;
  readonly isDisabled: boolean;
  readonly actions: readonly Action[];
}

export function AddMenu({ label, isDisabled, actions }: Props) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button className={controls['icon']} aria-label={label} disabled={isDisabled}>
          <Plus size={14} aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={controls['menu']} align="end" sideOffset={2} collisionPadding={8}>
          {actions.map(({ id, label: name, run, isDisabled: isOff = false }) => (
            <DropdownMenu.Item key={id} className={controls['item']} disabled={isOff} onSelect={() => setTimeout(run)}>
              {name}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
