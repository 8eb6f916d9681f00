/** Text of several lines that changes what it stands for once, when it is left or Mod+Enter is pressed. Escape puts it back. */
import { useState, type KeyboardEvent } from 'react';
import styles from './controls.module.css';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  readonly rows?: number;
  readonly isDisabled?: boolean;
}

export function TextArea({ label, value, onChange, placeholder, rows = 3, isDisabled = false }: Props) {
  const [typed, setTyped] = useState<string>();
  const commit = (): void => {
    if (typed !== undefined && typed.trim() !== value) onChange(typed.trim());
    setTyped(undefined);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') setTyped(undefined);
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) commit();
  };
  return (
    <textarea
      className={styles['area']}
      aria-label={label}
      rows={rows}
      placeholder={placeholder}
      disabled={isDisabled}
      value={typed ?? value}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
}
