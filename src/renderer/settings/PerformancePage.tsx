/** With what stages are made: the provider, and what memory and threads a stage may take. For jobs that are queued from then on. */
import { providers, type Provider } from '#shared/inference-contract';
import { Button } from '../controls/Button';
import { Menu } from '../controls/Choice';
import { Field } from '../controls/Field';
import { NumberField } from '../controls/NumberField';
import { changeSettings } from '../studio/change-settings';
import { useSay, useSettings, useStudio } from '../studio/use-studio';
import { providerNames } from './provider-names';
import styles from './settings.module.css';
import { useApplication } from './use-application';

/** As everything here is counted. */
const gigabyte = 1e9;
const automatic = 'automatic';

export function PerformancePage() {
  const say = useSay();
  const studio = useStudio();
  const provider = useSettings((settings) => settings.provider);
  const application = useApplication();
  const choose = (value: Provider | typeof automatic): void =>
    value === automatic ? changeSettings(studio, {}, ['provider']) : changeSettings(studio, { provider: value });
  return (
    <div className={styles['page']}>
      <Field name={say('settings.provider')} hint={say('settings.providerHint')}>
        <Menu<Provider | typeof automatic>
          label={say('settings.provider')}
          value={provider ?? automatic}
          options={[
            { value: automatic, label: say('settings.automatic') },
            ...providers.map((value) => ({ value, label: providerNames[value] })),
          ]}
          onChange={choose}
        />
        <Button onClick={() => studio.dialogs.setState({ settingsPage: 'machine' })}>
          {say('settings.seeMachine')}
        </Button>
      </Field>
      <Amount
        setting="memoryBytes"
        name={say('settings.memory')}
        hint={say('settings.memoryHint')}
        usual={application?.defaultMemoryBytes}
        unit={{ size: gigabyte, name: 'GB', step: 0.5, least: 0.3, most: 1000 }}
      />
      <Amount
        setting="threads"
        name={say('settings.threads')}
        hint={say('settings.threadsHint')}
        usual={application?.defaultThreads}
        unit={{ size: 1, name: '', step: 1, least: 1, most: 256 }}
      />
    </div>
  );
}

interface AmountProps {
  readonly setting: 'memoryBytes' | 'threads';
  readonly name: string;
  readonly hint: string;
  readonly usual: number | undefined;
  readonly unit: {
    readonly size: number;
    readonly name: string;
    readonly step: number;
    readonly least: number;
    readonly most: number;
  };
}

function Amount({ setting, name, hint, usual, unit }: AmountProps) {
  const say = useSay();
  const studio = useStudio();
  const chosen = useSettings((settings) => settings[setting]);
  const { size, step, least, most } = unit;
  const value = chosen ?? usual;
  return (
    <Field name={name} hint={hint}>
      {value !== undefined && (
        <NumberField
          label={name}
          value={Math.round((value / size) * 100) / 100}
          step={step}
          least={least}
          most={most}
          {...(unit.name !== '' && { unit: unit.name })}
          onChange={(next) => changeSettings(studio, { [setting]: Math.round(next * size) })}
        />
      )}
      {chosen === undefined ? (
        <span className={styles['aside']}>{say('settings.automatic')}</span>
      ) : (
        <Button onClick={() => changeSettings(studio, {}, [setting])}>{say('settings.reset')}</Button>
      )}
    </Field>
  );
}
