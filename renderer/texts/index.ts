import { createInstance, type TFunction } from 'i18next';
import { de } from './de';
import { en } from './en';

/** The German file's shape, with any words: what every language file must fill. */
type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };
export type Texts = Words<typeof de>;

export const languages = ['de', 'en'] as const;
export type Language = (typeof languages)[number];

/** Looks words up by key (`rules.P310-04`) and fills values in. A missing key is a bug: tests compare both files' keys. */
export type Translate = TFunction;

/** The texts of one language, loaded at once and without a global. React escapes what it shows, so i18next doesn't. */
export function createTexts(language: Language): Translate {
  const instance = createInstance({
    lng: language,
    fallbackLng: 'de',
    resources: { de: { translation: de }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
    returnNull: false,
  });
  void instance.init();
  return instance.t;
}
