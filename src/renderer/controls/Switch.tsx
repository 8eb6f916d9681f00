/** On or off, at once. */
import { Switch as Radix } from 'radix-ui';
import styles from './switch.module.css';

interface Props {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly isDisabled?: boolean;
}

export function Switch({ label, isOn, onChange, isDisabled = false }: Props) {
  return (
    <Radix.Root
      className={styles['switch']}
      aria-label={label}
      checked={isOn}
      onCheckedChange={onChange}
      disabled={isDisabled}
    >
      <Radix.Thumb className={styles['thumb']} />
    </Radix.Root>
  );
}
