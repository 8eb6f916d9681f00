/** In English: the settings. */
export const settingsTexts = {
  'settings.title': 'Settings',
  'settings.page.general': 'General',
  'settings.page.folders': 'Folders and storage',
  'settings.page.performance': 'Performance',
  'settings.page.machine': 'This machine',
  'settings.page.shortcuts': 'Shortcuts',
} as const;
