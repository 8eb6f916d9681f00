/** A button for a command of the table, with its name and key. */
import type { ReactNode } from 'react';
import { IconButton } from '../controls/Button';
import { useSay, useStudio } from '../studio/use-studio';
import { commands } from './table';
import { useShownKeys } from './use-shown-keys';

interface Props {
  readonly id: string;
  readonly isPressed?: boolean;
  readonly children: ReactNode;
}

export function CommandButton({ id, isPressed, children }: Props) {
  const say = useSay();
  const studio = useStudio();
  const shownKeys = useShownKeys();
  const command = commands.find((each) => each.id === id);
  if (command === undefined) return null;
  return (
    <IconButton
      label={say(command.name)}
      keys={shownKeys(command)}
      {...(isPressed !== undefined && { 'aria-pressed': isPressed })}
      onClick={() => command.run(studio)}
    >
      {children}
    </IconButton>
  );
}
