/** How x̂ is kept within what pictures can hold: not at all, clipped, or scaled by its own quantile. */
import type { Thresholding } from '#shared/guidance';
import { Menu } from '../controls/Choice';
import { NumberField } from '../controls/NumberField';
import { useSay } from '../studio/use-studio';
import { Field } from './Field';
import type { Scope } from './stage-scope';
import type { StageForm } from './StageFields';

const kinds = ['none', 'static', 'dynamic'] as const;

/** The default of `thresholdingSchema`. */
const usualPercentile = 0.95;
/** A scale beyond which nothing is left of a picture whose values lie from −1 to 1. */
const mostCap = 100;

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
        <DynamicFields
          value={value}
          changed={mark('thresholding').changed}
          isDisabled={isDisabled}
          onChange={(thresholding) => set({ thresholding })}
        />
      )}
    </>
  );
}

type Dynamic = Extract<Thresholding, { kind: 'dynamic' }>;

interface DynamicProps {
  readonly value: Dynamic;
  readonly changed: Scope | undefined;
  readonly isDisabled: boolean;
  readonly onChange: (value: Dynamic) => void;
}

/** Which quantile of |x̂| is the scale, and the most that the scale may be. */
function DynamicFields({ value, changed, isDisabled, onChange }: DynamicProps) {
  const say = useSay();
  const { kind, percentile, cap } = value;
  return (
    <>
      <Field label={say('inspector.percentile')} changed={changed}>
        <NumberField
          label={say('inspector.percentile')}
          value={Number((percentile * 100).toFixed(3))}
          least={50.1}
          most={100}
          step={0.1}
          unit="%"
          isDisabled={isDisabled}
          onChange={(percent) => onChange({ ...value, percentile: percent / 100 })}
        />
      </Field>
      <Field label={say('inspector.cap')} changed={changed}>
        <NumberField
          label={say('inspector.cap')}
          value={cap}
          none={{ words: say('inspector.noCap'), onClear: () => onChange({ kind, percentile }) }}
          least={1}
          most={mostCap}
          step={0.1}
          isDisabled={isDisabled}
          onChange={(next) => onChange({ ...value, cap: next })}
        />
      </Field>
    </>
  );
}
