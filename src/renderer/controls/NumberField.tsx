/**
 * A number that a person types, or steps with the arrow keys (ten steps with Shift). It changes when they leave it or press Enter,
 * once; Escape puts back what was there.
 */
import { useState, type KeyboardEvent } from 'react';
import styles from './controls.module.css';

interface Props {
  readonly label: string;
  /** Absent: none, where there may be none. */
  readonly value: number | undefined;
  readonly onChange: (value: number) => void;
  /** There may be no number: what the empty field says, and what emptying it does. */
  readonly none?: { readonly words: string; readonly onClear: () => void };
  readonly least: number;
  readonly most: number;
  readonly step?: number;
  readonly unit?: string;
  readonly isDisabled?: boolean;
}

export function NumberField({ label, value, onChange, none, least, most, step = 1, unit, isDisabled = false }: Props) {
  const [typed, setTyped] = useState<string>();
  const text = typed ?? (value === undefined ? '' : String(value));
  const read = numberIn(text);
  const isNone = none !== undefined && text.trim() === '';
  const isValid = isNone || (Number.isFinite(read) && read >= least && read <= most);

  function commit(next: number): void {
    setTyped(undefined);
    if (isNone && Number.isNaN(next) && value !== undefined) none.onClear();
    const fitting = Math.min(most, Math.max(least, step === Math.floor(step) ? Math.round(next) : next));
    if (Number.isFinite(fitting) && fitting !== value) onChange(fitting);
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const by = { ArrowUp: step, ArrowDown: -step }[event.key];
    const from = Number.isFinite(read) ? read : value;
    if (by !== undefined) commit(from === undefined ? least : rounded(from + by * (event.shiftKey ? 10 : 1), step));
    else if (event.key === 'Enter') commit(read);
    else if (event.key === 'Escape') setTyped(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <span className={styles['number']}>
      <input
        className={styles['input']}
        role="spinbutton"
        inputMode="decimal"
        aria-label={label}
        aria-valuenow={value}
        aria-valuetext={isNone ? none.words : undefined}
        aria-valuemin={least}
        aria-valuemax={most}
        aria-invalid={!isValid}
        disabled={isDisabled}
        placeholder={none?.words}
        value={text}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => typed !== undefined && commit(read)}
        onKeyDown={onKeyDown}
      />
      {unit !== undefined && <span className={styles['unit']}>{unit}</span>}
    </span>
  );
}

/** A comma is a point in half of the world. */
function numberIn(text: string): number {
  return text.trim() === '' ? NaN : Number(text.replace(',', '.'));
}

/** 0.1 + 0.2 is 0.3 to a person. */
function rounded(value: number, step: number): number {
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Number(value.toFixed(digits));
}
