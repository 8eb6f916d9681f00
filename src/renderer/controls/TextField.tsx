/** A line of text. It changes with each letter; whoever needs it whole waits for `onEnter`. */
import type { KeyboardEvent, Ref } from 'react';
import styles from './controls.module.css';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter?: () => void;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly isInvalid?: boolean;
  readonly isDisabled?: boolean;
  readonly isFocused?: boolean;
  readonly ref?: Ref<HTMLInputElement>;
}

export function TextField(props: Props) {
  const { label, value, onChange, onEnter, placeholder, maxLength, ref } = props;
  const { isInvalid = false, isDisabled = false, isFocused = false } = props;
  const onKeyDown = (event: KeyboardEvent): void => {
    // While a syllable is being composed, Enter belongs to the input method.
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || onEnter === undefined) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <input
      ref={ref}
      className={styles['input']}
      type="text"
      aria-label={label}
      aria-invalid={isInvalid}
      autoComplete="off"
      spellCheck={false}
      autoFocus={isFocused}
      disabled={isDisabled}
      placeholder={placeholder}
      maxLength={maxLength}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}
