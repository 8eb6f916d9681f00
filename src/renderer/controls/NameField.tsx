/** A name that is written anew where it stands: all of it is chosen, Enter and leaving it keep what is written, Escape does not. */
import { useRef, useState, type KeyboardEvent } from 'react';
import { longestName } from '#shared/project/text';
import styles from './controls.module.css';

interface Props {
  /** For screen readers. */
  readonly label: string;
  readonly name: string;
  /** Called once, when it is over: with the new name, or without one where nothing is to change. */
  readonly onEnd: (name?: string) => void;
}

export function NameField({ label, name, onEnd }: Props) {
  const [typed, setTyped] = useState(name);
  const isOver = useRef(false);
  const end = (keeps: boolean): void => {
    // Some browsers tell a field that goes with the focus in it that it lost that: it is over already.
    if (isOver.current) return;
    isOver.current = true;
    // A tab that was pasted is a blank, and blanks around a name are not meant.
    const written = typed.replaceAll(/\s+/g, ' ').trim();
    onEnd(keeps && written !== '' && written !== name ? written : undefined);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') end(true);
    if (event.key === 'Escape') end(false);
  };
  return (
    <input
      className={styles['nameField']}
      aria-label={label}
      autoFocus
      maxLength={longestName}
      value={typed}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => end(true)}
      onKeyDown={onKeyDown}
    />
  );
}
