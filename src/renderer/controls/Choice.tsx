/** One of several: as a menu, or as a row of buttons where there are few. */
import { ChevronDown } from 'lucide-react';
import { Select, ToggleGroup } from 'radix-ui';
import styles from './controls.module.css';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly isDisabled?: boolean;
}

interface Props<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly isDisabled?: boolean;
}

export function Menu<Value extends string>({ label, value, options, onChange, isDisabled = false }: Props<Value>) {
  return (
    <Select.Root value={value} onValueChange={(next) => choose(options, next, onChange)} disabled={isDisabled}>
      <Select.Trigger className={styles['select']} aria-label={label}>
        <Select.Value />
        <ChevronDown size={12} aria-hidden />
      </Select.Trigger>
      <Select.Portal>
        <Select.Content className={styles['menu']} position="popper" sideOffset={2}>
          <Select.Viewport>
            {options.map((option) => (
              <Select.Item
                key={option.value}
                value={option.value}
                disabled={option.isDisabled ?? false}
                className={styles['item']}
              >
                <Select.ItemText>{option.label}</Select.ItemText>
              </Select.Item>
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  );
}

export function Segments<Value extends string>({ label, value, options, onChange, isDisabled = false }: Props<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      className={styles['segments']}
      aria-label={label}
      value={value}
      disabled={isDisabled}
      onValueChange={(next) => choose(options, next, onChange)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          disabled={option.isDisabled ?? false}
          className={styles['button']}
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

function choose<Value extends string>(
  options: readonly Option<Value>[],
  next: string,
  onChange: (value: Value) => void,
): void {
  const option = options.find(({ value }) => value === next);
  if (option !== undefined) onChange(option.value);
}
