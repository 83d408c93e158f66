import { de } from './de';
import { en } from './en';
import type { Language } from './languages';
import { translateWith, type Translate } from './translate';

export { languages, type Language } from './languages';
export { translateWith, type Texts, type Translate } from './translate';

/** The texts of one language. What the first screen loads takes German from `german.ts` alone. */
export function createTexts(language: Language): Translate {
  return translateWith(language, language === 'de' ? { de } : { de, en });
}
