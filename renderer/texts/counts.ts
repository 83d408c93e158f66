import type { FormatterModule } from 'i18next';
import type { Language } from './languages';

const locales = { de: 'de-DE', en: 'en-GB' } as const;
const formats = { de: new Intl.NumberFormat(locales.de), en: new Intl.NumberFormat(locales.en) };

/** How many, as it is read in this language: `100.000`, `100,000`. Not for ids, codes, years, or files that programs read. */
export function formatCount(count: number, language: Language): string {
  return formats[language].format(count);
}

/** Numbers in texts that say which and not how many: a line of a file, an entry of the chain, a page. */
const namingValues: ReadonlySet<unknown> = new Set(['line', 'sequence', 'page', 'year']);

/** Writes every count in the texts so, whoever fills it in; what is no number stays as it is. */
export const countsInTexts: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, language, options): string => {
    if (typeof value !== 'number') return typeof value === 'string' ? value : '';
    if (namingValues.has(options?.['interpolationkey'])) return String(value);
    return formatCount(value, language === 'en' ? 'en' : 'de');
  },
};
