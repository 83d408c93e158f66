import type { Texts } from './index';

/** The same words in English. */
export const en: Texts = {
  rules: {
    'P310-04': 'Expected until: at most 31 days after the day of assessment ({{latest}}).',
  },
};
