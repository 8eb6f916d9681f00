/** From a key and values to a text in a language. */
import { english, type Catalogue, type TextKey } from './english';
import { korean } from './korean';

export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

/** As each language calls itself. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', ko: '한국어' };

const catalogues: Readonly<Record<Language, Catalogue>> = { en: english, ko: korean };

export type TextValues = Readonly<Record<string, string | number>>;
/** Says the text of a key, with `{name}` replaced by the value of that name. */
export type Say = (key: TextKey, values?: TextValues) => string;

export function sayIn(language: Language): Say {
  const catalogue = catalogues[language];
  return (key, values = {}) =>
    catalogue[key].replace(/\{(\w+)\}/g, (whole, name: string) =>
      values[name] === undefined ? whole : String(values[name]),
    );
}

/** The first of the languages that a person prefers (`navigator.languages`) and the studio knows; English otherwise. */
export function preferredLanguage(preferred: readonly string[]): Language {
  const known = preferred.map((tag) => languages.find((language) => tag.toLowerCase().startsWith(language)));
  return known.find((language) => language !== undefined) ?? 'en';
}
