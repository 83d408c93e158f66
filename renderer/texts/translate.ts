import { createInstance, type TFunction } from 'i18next';
import { countsInTexts } from './counts';
import type { de } from './de';
import type { Language } from './languages';

/** The German file's shape, with any words: what every language file must fill. */
type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };
export type Texts = Words<typeof de>;

/** Looks words up by key (`rules.P310-04`) and fills values in. A missing key is a bug: tests compare both files' keys. */
export type Translate = TFunction;

/** The texts of one language from these files, at once and without a global. React escapes what it shows, so i18next doesn't. */
export function translateWith(language: Language, words: Readonly<Partial<Record<Language, Texts>>>): Translate {
  const instance = createInstance().use(countsInTexts);
  void instance.init({
    lng: language,
    fallbackLng: 'de',
    resources: Object.fromEntries(Object.entries(words).map(([key, translation]) => [key, { translation }])),
    interpolation: { escapeValue: false, alwaysFormat: true },
    initAsync: false,
    returnNull: false,
  });
  return instance.t;
}
