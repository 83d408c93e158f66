import { createContext, use, type ReactNode } from 'react';
import type { Finding } from '../../domain/finding';
import type { Language, Texts, Translate } from '../../texts';
import { germanTexts } from '../../texts/german';

type Leaves<T, Path extends string = ''> = {
  [K in keyof T & (string | number)]: T[K] extends string ? `${Path}${K}` : Leaves<T[K], `${Path}${K}.`>;
}[keyof T & (string | number)];
/** `owed_one` and `owed_other` are asked for as `owed`, with a `count`. */
type WithoutPlural<K> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;

/** Path of a text: `app.nav.issue`. */
export type TextKey = WithoutPlural<Leaves<Texts>>;
export type TextValues = Readonly<Record<string, string | number>>;

export interface Wording {
  readonly language: Language;
  /** The words of this key, values in {{braces}} filled in. */
  (key: TextKey, values?: TextValues): string;
  /** Words whose key is only known at run time (a rule, an obstacle); `null` where there are none. */
  lookUp(section: string, key: string, values?: TextValues): string | null;
  /** What a finding says. */
  finding(finding: Finding): string;
}

/** The words of a language as the screens take them. */
export function createWording(language: Language, texts: Translate): Wording {
  const say = (key: TextKey, values: TextValues = {}): string => texts(key, values);
  const lookUp = (section: string, key: string, values: TextValues = {}): string | null => {
    // The keys of rules hold no dots, but KBV's names may: ask with a separator that none has.
    const path = [...section.split('.'), key].join('\u0001');
    const words = texts(path, { ...values, keySeparator: '\u0001', defaultValue: '' });
    return words === '' ? null : words;
  };
  return Object.assign(say, {
    language,
    lookUp,
    finding: (finding: Finding) => lookUp('rules', finding.rule, finding.values) ?? finding.rule,
  });
}

const german = createWording('de', germanTexts);
let english: Promise<Wording> | null = null;

/** The English words, fetched when somebody first asks for them. */
function englishWording(): Promise<Wording> {
  english ??= import('../../texts').then(({ createTexts }) => createWording('en', createTexts('en')));
  return english;
}

const WordingContext = createContext<Wording>(german);

/** Gives everything below it its language. Suspends while English is fetched. */
export function TextsProvider({ language, children }: { language: Language; children: ReactNode }) {
  const wording = language === 'de' ? german : use(englishWording());
  return <WordingContext value={wording}>{children}</WordingContext>;
}

/** The words of the language that is set: `t('app.nav.issue')`. */
export function useTexts(): Wording {
  return use(WordingContext);
}
