import { createTexts, type Language, type Translate } from '../../texts';
import { useTexts } from '../parts';

const made = new Map<Language, Translate>();

/** The words of a language as rooms below the screens take them (`eventWords`, `explainInsurerError`); made once. */
export function translateOf(language: Language): Translate {
  const known = made.get(language);
  if (known !== undefined) return known;
  const translate = createTexts(language);
  made.set(language, translate);
  return translate;
}

/** `translateOf` in the language that is set. */
export function useTranslate(): Translate {
  return translateOf(useTexts().language);
}
