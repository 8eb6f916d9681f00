/** How x̂ is kept within what pictures can hold: not at all, clipped, or scaled by its own quantile. */
import type { Thresholding } from '#shared/guidance';
import { Menu } from '../controls/Choice';
import { NumberField } from '../controls/NumberField';
import { useSay } from '../studio/use-studio';
import { Field } from './Field';

interface Props {
  readonly value: Thresholding;
  readonly isChanged: boolean;
  readonly isDisabled: boolean;
  readonly onChange: (value: Thresholding) => void;
}

const kinds = ['none', 'static', 'dynamic'] as const;

/** The default of `thresholdingSchema`. */
const usualPercentile = 0.95;

export function ThresholdFields({ value, isChanged, isDisabled, onChange }: Props) {
  const say = useSay();
  return (
    <>
      <Field label={say('inspector.threshold')} isChanged={isChanged}>
        <Menu
          label={say('inspector.threshold')}
          value={value.kind}
          options={kinds.map((kind) => ({ value: kind, label: say(`threshold.${kind}`) }))}
          isDisabled={isDisabled}
          onChange={(kind) => onChange(kind === 'dynamic' ? { kind, percentile: usualPercentile } : { kind })}
        />
      </Field>
      {value.kind === 'dynamic' && (
        <Field label={say('inspector.percentile')} isChanged={isChanged}>
          <NumberField
            label={say('inspector.percentile')}
            value={value.percentile * 100}
            least={50.1}
            most={100}
            step={0.1}
            unit="%"
            isDisabled={isDisabled}
            onChange={(percent) => onChange({ ...value, percentile: percent / 100 })}
          />
        </Field>
      )}
    </>
  );
}
