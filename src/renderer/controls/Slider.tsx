/** A number on a line: dragged, or moved with the arrow keys. */
import { Slider as Radix } from 'radix-ui';
import styles from './controls.module.css';

interface Props {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step?: number;
  /** With every movement. */
  readonly onChange: (value: number) => void;
  /** When it is let go. */
  readonly onCommit?: (value: number) => void;
  readonly isDisabled?: boolean;
}

export function Slider({ label, value, least, most, step = 1, onChange, onCommit, isDisabled = false }: Props) {
  return (
    <Radix.Root
      className={styles['slider']}
      value={[value]}
      min={least}
      max={most}
      step={step}
      disabled={isDisabled}
      onValueChange={([next]) => next !== undefined && onChange(next)}
      onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
    >
      <Radix.Track className={styles['sliderTrack']}>
        <Radix.Range className={styles['sliderRange']} />
      </Radix.Track>
      <Radix.Thumb className={styles['sliderThumb']} aria-label={label} />
    </Radix.Root>
  );
}
