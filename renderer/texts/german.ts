import { de } from './de';
import { translateWith } from './translate';

/** The German texts: what is shown before anybody has chosen a language. */
export const germanTexts = translateWith('de', { de });
