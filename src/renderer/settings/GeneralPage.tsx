/** How the studio looks and speaks. */
import type { Settings } from '#shared/studio/settings';
import { Button } from '../controls/Button';
import { Menu, Segments, type Option } from '../controls/Choice';
import { Field } from '../controls/Field';
import { changeSettings } from '../studio/change-settings';
import { useSay, useSettings, useStudio } from '../studio/use-studio';
import { languageNames, languages } from '../text/text';
import styles from './settings.module.css';

const previewSizes = [96, 128, 160, 256, 384];

export function GeneralPage() {
  const say = useSay();
  const studio = useStudio();
  const { theme, language, previewPixels } = useSettings((settings) => settings);
  const themes: readonly { readonly value: Settings['theme']; readonly label: string }[] = [
    { value: 'system', label: say('settings.system') },
    { value: 'dark', label: say('settings.dark') },
    { value: 'light', label: say('settings.light') },
  ];
  const known: readonly Option<string>[] = languages.map((value) => ({ value, label: languageNames[value] }));
  const sizes = [...new Set([...previewSizes, previewPixels])].toSorted((a, b) => a - b).map(String);
  return (
    <div className={styles['page']}>
      <Field name={say('settings.theme')} hint={say('settings.themeHint')}>
        <Segments
          label={say('settings.theme')}
          value={theme}
          options={themes}
          onChange={(value) => changeSettings(studio, { theme: value })}
        />
      </Field>
      <Field name={say('settings.language')}>
        <Menu
          label={say('settings.language')}
          value={language}
          options={[{ value: 'system', label: say('settings.system') }, ...known]}
          onChange={(value) => changeSettings(studio, { language: value })}
        />
      </Field>
      <Field name={say('settings.previews')} hint={say('settings.previewsHint')}>
        <Menu
          label={say('settings.previews')}
          value={String(previewPixels)}
          options={sizes.map((value) => ({ value, label: say('settings.pixels', { count: value }) }))}
          onChange={(value) => changeSettings(studio, { previewPixels: Number(value) })}
        />
      </Field>
      <Field name={say('settings.tour')} hint={say('settings.tourHint')}>
        <Button onClick={() => studio.dialogs.setState({ open: 'tour' })}>{say('settings.startTour')}</Button>
      </Field>
    </div>
  );
}
