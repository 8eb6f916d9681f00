/** Title bars, menus and dialogs of the system look as the settings say. */
import { nativeTheme } from 'electron';
import type { SettingsFile } from '../studio/settings-file';

/** Until the program ends. */
export function followTheme({ watched }: SettingsFile): void {
  const follow = (): void => void (nativeTheme.themeSource = watched.value.theme);
  watched.watch(follow);
  follow();
}
