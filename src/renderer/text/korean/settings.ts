/** In Korean: the settings. */
import type { settingsTexts as english } from '../english/settings';

export const settingsTexts: Readonly<Record<keyof typeof english, string>> = {
  'settings.title': '설정',
  'settings.page.general': '일반',
  'settings.page.folders': '폴더와 저장 공간',
  'settings.page.performance': '성능',
  'settings.page.machine': '이 컴퓨터',
  'settings.page.shortcuts': '단축키',
};
