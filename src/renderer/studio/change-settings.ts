/** Settings: shown at once, kept by main for every window, and as they were where main refuses. */
import { defaultSettings, settingsSchema, type ChosenSettings, type Settings } from '#shared/studio/settings';
import type { Studio } from './studio';

/** @param unset goes back to its default */
export function changeSettings(
  studio: Studio,
  set: ChosenSettings,
  unset: readonly (keyof ChosenSettings)[] = [],
): void {
  const { settings, report } = studio;
  const before = settings.getState();
  settings.setState(settingsWith(before, set, unset), true);
  studio
    .channel()
    .request('changeSettings', { set, unset: [...unset] })
    .then((kept) => settings.setState(kept, true))
    .catch((error: unknown) => {
      settings.setState(before, true);
      report(error);
    });
}

export function settingsWith(
  settings: Settings,
  set: ChosenSettings,
  unset: readonly (keyof ChosenSettings)[],
): Settings {
  const chosen: ChosenSettings = { ...settings, ...set };
  for (const name of unset) Reflect.deleteProperty(chosen, name);
  return settingsSchema.parse({ ...defaultSettings, ...chosen });
}
