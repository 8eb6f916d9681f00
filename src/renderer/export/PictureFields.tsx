/** As what: the format, how good, how large, how many frames a second. */
import type { ExportPresetFacts } from '#shared/studio/exports';
import { exportQualities, longestExportSide, type ExportQuality } from '#shared/studio/exports';
import { Menu, Segments } from '../controls/Choice';
import { Field } from '../controls/Field';
import { NumberField } from '../controls/NumberField';
import { useSay } from '../studio/use-studio';
import type { TextKey } from '../text/english';
import type { Say } from '../text/text';
import { presetName } from './preset-names';
import { frameRates, rateName, rateOf } from './rates';
import type { ExportForm } from './use-export-form';

/** No rate is called so; an empty value would mean that nothing is chosen. */
const asItIs = 'SOURCE';

const qualityNames: Readonly<Record<ExportQuality, TextKey>> = {
  small: 'export.quality.small',
  good: 'export.quality.good',
  best: 'export.quality.best',
};

export function PictureFields({ form }: { readonly form: ExportForm }) {
  const say = useSay();
  const { choice, change, presets, preset } = form;
  if (choice === undefined || preset === undefined) return null;
  return (
    <>
      <Field name={say('export.format')} {...hintOf(presets, say)}>
        <Menu
          label={say('export.format')}
          value={preset.id}
          options={presets.map((one) => ({ value: one.id, label: presetName(one, say), isDisabled: !one.isUsable }))}
          onChange={(id) => change({ preset: id })}
        />
      </Field>
      {preset.hasQuality && (
        <Field name={say('export.quality')}>
          <Segments
            label={say('export.quality')}
            value={choice.quality}
            options={exportQualities.map((quality) => ({ value: quality, label: say(qualityNames[quality]) }))}
            onChange={(quality) => change({ quality })}
          />
        </Field>
      )}
      <SizeField form={form} />
      <Field name={say('export.rate')}>
        <Menu
          label={say('export.rate')}
          value={rateName(choice.frameRate) || asItIs}
          options={frameRates.map((rate) => ({
            value: rateName(rate) || asItIs,
            label: rateLabel(rateName(rate), say),
          }))}
          onChange={(name) => change({ frameRate: rateOf(name) })}
        />
      </Field>
    </>
  );
}

function SizeField({ form: { choice, change, preset, source } }: { readonly form: ExportForm }) {
  const say = useSay();
  if (choice === undefined || preset === undefined) return null;
  const side = (name: 'width' | 'height', label: string) => (
    <NumberField
      label={label}
      value={choice[name]}
      least={preset.smallestSide}
      most={longestExportSide}
      step={preset.multipleOf}
      onChange={(value) => change({ [name]: Math.round(value / preset.multipleOf) * preset.multipleOf })}
    />
  );
  return (
    <Field name={say('export.size')} {...(choice.sizing === 'custom' && { hint: say('export.sizeHint') })}>
      <Menu
        label={say('export.size')}
        value={choice.sizing}
        options={[
          {
            value: 'source',
            label: source ? say('export.sizeSource', { size: `${source.width}×${source.height}` }) : '',
          },
          { value: 'hd', label: say('export.sizeHd') },
          { value: 'custom', label: say('export.sizeCustom') },
        ]}
        onChange={(sizing) => change({ sizing })}
      />
      {choice.sizing === 'custom' && (
        <>
          {side('width', say('export.width'))}×{side('height', say('export.height'))}
        </>
      )}
    </Field>
  );
}

/** Says why formats are greyed out, where some are. */
function hintOf(presets: readonly ExportPresetFacts[], say: Say): { readonly hint?: string } {
  return presets.every(({ isUsable }) => isUsable) ? {} : { hint: say('export.unusable') };
}

function rateLabel(name: string, say: Say): string {
  return name === '' ? say('export.rateSource') : say('export.rateIs', { rate: name });
}
