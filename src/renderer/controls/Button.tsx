/** A button with a name: written on it, or for an icon read aloud and shown when hovered. */
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './controls.module.css';
import { Tooltip } from './Tooltip';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly isStrong?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
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

export function IconButton({ label, keys = '', children, className, ...attributes }: IconProps) {
  const classes = [styles['icon'], className].filter(Boolean).join(' ');
  return (
    <Tooltip words={label} keys={keys}>
      <Button {...attributes} className={classes} aria-label={label}>
        {children}
      </Button>
    </Tooltip>
  );
}
