/** The fields of one stage's parameters. Each change is one edit. */
import type { SamplerChoice } from '#shared/guidance';
import type { StageSpec } from '#shared/pack-manifest';
import type { StageOverrides, StageParameters } from '#shared/stage-parameters';
import { logSnrSchema } from '#shared/units';
import { Menu } from '../controls/Choice';
import { NumberField } from '../controls/NumberField';
import { GuidanceEditor } from '../guidance/GuidanceEditor';
import { useSay } from '../studio/use-studio';
import { Field } from './Field';
import styles from './inspector.module.css';
import { ThresholdFields } from './ThresholdFields';

interface Props {
  readonly spec: StageSpec;
  readonly parameters: StageParameters;
  readonly overrides: StageOverrides;
  readonly isDisabled: boolean;
  readonly onChange: (field: StageOverrides) => void;
}

export function StageFields({ spec, parameters, overrides, isDisabled, onChange }: Props) {
  const say = useSay();
  const augmentation = spec.lowRes?.augmentation;
  return (
    <>
      <Field label={say('inspector.steps')} isChanged={overrides.steps !== undefined}>
        <NumberField
          label={say('inspector.steps')}
          value={parameters.steps}
          least={1}
          most={1000}
          isDisabled={isDisabled}
          onChange={(steps) => onChange({ steps })}
        />
      </Field>
      <SamplerFields {...{ spec, parameters, overrides, isDisabled, onChange }} />
      <ThresholdFields
        value={parameters.thresholding}
        isChanged={overrides.thresholding !== undefined}
        isDisabled={isDisabled}
        onChange={(thresholding) => onChange({ thresholding })}
      />
      {augmentation !== undefined && parameters.augmentationLogSnr !== undefined && (
        <Field label={say('inspector.augmentation')} isChanged={overrides.augmentationLogSnr !== undefined}>
          <NumberField
            label={`${say('inspector.augmentation')}, ${say('inspector.augmentationUnit')}`}
            value={parameters.augmentationLogSnr}
            least={augmentation.logSnrMin}
            most={augmentation.logSnrMax}
            step={0.1}
            unit="λ"
            isDisabled={isDisabled}
            onChange={(value) => onChange({ augmentationLogSnr: logSnrSchema.parse(value) })}
          />
        </Field>
      )}
      <h3 className={styles['heading']}>
        <span className={overrides.guidance === undefined ? undefined : styles['changed']}>
          {say('guidance.label')}
        </span>
      </h3>
      <GuidanceEditor
        curve={parameters.guidance}
        steps={parameters.steps}
        support={spec.guidance}
        isDisabled={isDisabled}
        onChange={(guidance) => onChange({ guidance })}
      />
    </>
  );
}

const samplerKinds = ['ddim', 'ancestral', 'stochastic-n-step', 'euler', 'heun'] as const;

/** Of Imagen Video, section 2.1: between the two bounds of the variance. */
const usualGamma = 0.3;

function SamplerFields({ spec, parameters, overrides, isDisabled, onChange }: Props) {
  const say = useSay();
  const { sampler } = parameters;
  const isFlow = spec.parameterisation === 'flow' || spec.parameterisation === 'flow-reversed';
  const choose = (kind: SamplerChoice['kind']): void =>
    onChange({ sampler: kind === 'ancestral' ? { kind, gamma: usualGamma } : { kind } });
  return (
    <>
      <Field label={say('inspector.sampler')} isChanged={overrides.sampler !== undefined}>
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
        <Field label={say('inspector.gamma')} isChanged={overrides.sampler !== undefined}>
          <NumberField
            label={say('inspector.gamma')}
            value={sampler.gamma}
            least={0}
            most={1}
            step={0.05}
            isDisabled={isDisabled}
            onChange={(gamma) => onChange({ sampler: { ...sampler, gamma } })}
          />
        </Field>
      )}
    </>
  );
}
