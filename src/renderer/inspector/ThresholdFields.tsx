/** How x̂ is kept within what pictures can hold: not at all, clipped, or scaled by its own quantile. */
import { Menu } from '../controls/Choice';
import { NumberField } from '../controls/NumberField';
import { useSay } from '../studio/use-studio';
import { Field } from './Field';
import type { StageForm } from './StageFields';

const kinds = ['none', 'static', 'dynamic'] as const;

/** The default of `thresholdingSchema`. */
const usualPercentile = 0.95;

export function ThresholdFields({ form: { parameters, isDisabled, set, mark } }: { readonly form: StageForm }) {
  const say = useSay();
  const value = parameters.thresholding;
  return (
    <>
      <Field label={say('inspector.threshold')} {...mark('thresholding')}>
        <Menu
          label={say('inspector.threshold')}
          value={value.kind}
          options={kinds.map((kind) => ({ value: kind, label: say(`threshold.${kind}`) }))}
          isDisabled={isDisabled}
          onChange={(kind) =>
            set({ thresholding: kind === 'dynamic' ? { kind, percentile: usualPercentile } : { kind } })
          }
        />
      </Field>
      {value.kind === 'dynamic' && (
        <Field label={say('inspector.percentile')} changed={mark('thresholding').changed}>
          <NumberField
            label={say('inspector.percentile')}
            value={Number((value.percentile * 100).toFixed(3))}
            least={50.1}
            most={100}
            step={0.1}
            unit="%"
            isDisabled={isDisabled}
            onChange={(percent) => set({ thresholding: { ...value, percentile: percent / 100 } })}
          />
        </Field>
      )}
    </>
  );
}
