/** The fields of one stage's parameters, in a scope. Each change is one edit, and each can be put back by itself. */
import { resolveParameters } from '#engine/plan-parameters';
import type { SamplerChoice } from '#shared/guidance';
import type { StageSpec } from '#shared/pack-manifest';
import type { StageOverrides, StageParameters } from '#shared/stage-parameters';
import { logSnrSchema } from '#shared/units';
import { Menu } from '../controls/Choice';
import { NumberField } from '../controls/NumberField';
import { GuidanceEditor } from '../guidance/GuidanceEditor';
import { GuidancePresets } from '../guidance/GuidancePresets';
import { useSay } from '../studio/use-studio';
import { Field } from './Field';
import styles from './inspector.module.css';
import { changedWhere, effectiveOverrides, ownOverrides, withoutField } from './stage-scope';
import type { Scope, ScopedStage, StageField } from './stage-scope';
import { StageSeed } from './StageSeed';
import { ThresholdFields } from './ThresholdFields';

interface Props {
  readonly spec: StageSpec;
  readonly scoped: ScopedStage;
  readonly isDisabled: boolean;
  /** Everything that the scope says of the stage; undefined: nothing. */
  readonly onChange: (overrides: StageOverrides | undefined) => void;
}

/** What the fields have in common. */
export interface StageForm {
  readonly parameters: StageParameters;
  readonly isDisabled: boolean;
  readonly set: (field: StageOverrides) => void;
  /** For a `Field`: where it was changed, and how to put it back. */
  readonly mark: (field: StageField) => { readonly changed: Scope | undefined; readonly onRevert?: () => void };
}

export function StageFields({ spec, scoped, isDisabled, onChange }: Props) {
  const say = useSay();
  const own = ownOverrides(scoped);
  const { seed, ...overrides } = effectiveOverrides(scoped);
  const parameters = resolveParameters(spec, overrides);
  const form: StageForm = {
    parameters,
    isDisabled,
    set: (field) => onChange({ ...own, ...field }),
    mark: (field) => ({
      changed: changedWhere(scoped, field),
      ...(own[field] !== undefined && !isDisabled && { onRevert: () => onChange(withoutField(own, field)) }),
    }),
  };
  return (
    <>
      <Field label={say('inspector.steps')} {...form.mark('steps')}>
        <NumberField
          label={say('inspector.steps')}
          value={parameters.steps}
          least={1}
          most={1000}
          isDisabled={isDisabled}
          onChange={(steps) => form.set({ steps })}
        />
      </Field>
      <SamplerFields spec={spec} form={form} />
      <ThresholdFields form={form} />
      <AugmentationField spec={spec} form={form} />
      <StageSeed seed={seed} seedOfTake={scoped.take.seed} form={form} />
      <Guidance spec={spec} form={form} />
    </>
  );
}

interface PartProps {
  readonly spec: StageSpec;
  readonly form: StageForm;
}

function Guidance({ spec, form: { parameters, isDisabled, set, mark } }: PartProps) {
  const say = useSay();
  const { guidance, steps } = parameters;
  return (
    <>
      <Field label={say('guidance.label')} {...mark('guidance')}>
        {spec.guidance.kind !== 'none' && (
          <GuidancePresets
            curve={guidance}
            steps={steps}
            support={spec.guidance}
            isDisabled={isDisabled}
            onChange={(curve) => set({ guidance: curve })}
          />
        )}
      </Field>
      <GuidanceEditor
        curve={guidance}
        steps={steps}
        support={spec.guidance}
        isDisabled={isDisabled}
        onChange={(curve) => set({ guidance: curve })}
      />
    </>
  );
}

function AugmentationField({ spec, form: { parameters, isDisabled, set, mark } }: PartProps) {
  const say = useSay();
  const range = spec.lowRes?.augmentation;
  if (range === undefined || parameters.augmentationLogSnr === undefined) return null;
  return (
    <>
      <Field label={say('inspector.augmentation')} {...mark('augmentationLogSnr')}>
        <NumberField
          label={`${say('inspector.augmentation')}, ${say('inspector.augmentationUnit')}`}
          value={parameters.augmentationLogSnr}
          least={range.logSnrMin}
          most={range.logSnrMax}
          step={0.1}
          unit="λ"
          isDisabled={isDisabled}
          onChange={(value) => set({ augmentationLogSnr: logSnrSchema.parse(value) })}
        />
      </Field>
      <p className={styles['hint']}>
        {say('inspector.augmentationHint', { least: range.logSnrMin, most: range.logSnrMax })}
      </p>
    </>
  );
}

const samplerKinds = ['ddim', 'ancestral', 'stochastic-n-step', 'euler', 'heun'] as const;

/** Of Imagen Video, section 2.1: between the two bounds of the variance. */
const usualGamma = 0.3;

function SamplerFields({ spec, form: { parameters, isDisabled, set, mark } }: PartProps) {
  const say = useSay();
  const { sampler } = parameters;
  const isFlow = spec.parameterisation === 'flow' || spec.parameterisation === 'flow-reversed';
  const choose = (kind: SamplerChoice['kind']): void =>
    set({ sampler: kind === 'ancestral' ? { kind, gamma: usualGamma } : { kind } });
  return (
    <>
      <Field label={say('inspector.sampler')} {...mark('sampler')}>
        <Menu
          label={say('inspector.sampler')}
          value={sampler.kind}
          options={samplerKinds.map((kind) => ({
            value: kind,
            label: say(`sampler.${kind}`),
            isDisabled: !isFlow && (kind === 'euler' || kind === 'heun'),
          }))}
          isDisabled={isDisabled}
          onChange={choose}
        />
      </Field>
      {sampler.kind === 'ancestral' && (
        <Field label={say('inspector.gamma')} changed={mark('sampler').changed}>
          <NumberField
            label={say('inspector.gamma')}
            value={sampler.gamma}
            least={0}
            most={1}
            step={0.05}
            isDisabled={isDisabled}
            onChange={(gamma) => set({ sampler: { ...sampler, gamma } })}
          />
        </Field>
      )}
    </>
  );
}
