/** Theme and language: kept by main, so that every door looks the same; `system` is what the browser prefers, now and when that changes. */
import type { Settings } from '#shared/studio/settings';
import { languages, preferredLanguage, type Language } from '../text/text';
import type { Theme } from '../view-state/view-state';
import { changeSettings } from './change-settings';
import type { Studio } from './studio';

const lightPreferred = '(prefers-color-scheme: light)';

/** What the browser, and through it the system, prefers at present. */
export function preferredTheme(): Theme {
  return matchMedia(lightPreferred).matches ? 'light' : 'dark';
}

export function changeLooks(studio: Studio, looks: { readonly theme?: Theme; readonly language?: Language }): void {
  changeSettings(studio, { ...looks });
}

/** Shows what the settings say, for as long as the window lives. Until main has said it the window looks as it did last. */
export function followLooks({ settings, view }: Studio): void {
  const show = (): void => view.getState().set(looksOf(settings.getState()));
  settings.subscribe((now, before) => {
    if (now !== before) show();
  });
  matchMedia(lightPreferred).addEventListener('change', show);
}

function looksOf({ theme, language }: Settings): { readonly theme: Theme; readonly language: Language } {
  return {
    theme: theme === 'system' ? preferredTheme() : theme,
    language: languages.find((known) => known === language) ?? preferredLanguage(navigator.languages),
  };
}
