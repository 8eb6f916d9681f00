/** A button with a name: written on it, or for an icon read aloud and shown when hovered. */
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Tooltip } from 'radix-ui';
import styles from './controls.module.css';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly isStrong?: boolean;
}

export function Button({ isStrong = false, className, ...attributes }: Props) {
  const classes = [styles['button'], isStrong && styles['strong'], className].filter(Boolean).join(' ');
  return <button type="button" className={classes} {...attributes} />;
}

interface IconProps extends Omit<Props, 'children' | 'aria-label' | 'title'> {
  readonly label: string;
  /** As a person reads them; shown beside the name. */
  readonly keys?: string;
  readonly children: ReactNode;
}

export function IconButton({ label, keys, children, className, ...attributes }: IconProps) {
  const classes = [styles['icon'], className].filter(Boolean).join(' ');
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <Button {...attributes} className={classes} aria-label={label}>
          {children}
        </Button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={styles['tip']} sideOffset={4}>
          {label}
          {keys !== undefined && <span className={styles['keys']}>{keys}</span>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
