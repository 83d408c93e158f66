import { describe, expect, it } from 'vitest';
import { de } from '../../../renderer/texts/de';
import { en } from '../../../renderer/texts/en';
import { createTexts } from '../../../renderer/texts';
import { formatCount } from '../../../renderer/texts/counts';

const keysOf = (words: object, path = ''): string[] =>
  Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? keysOf(value, `${path}${key}.`) : [`${path}${key}`],
  );
const valuesIn = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();
const lookUp = (words: object, key: string): string => {
  let found: unknown = words;
  for (const part of key.split('.'))
    found = typeof found === 'object' && found !== null ? Reflect.get(found, part) : undefined;
  return typeof found === 'string' ? found : '';
};

describe('texts', () => {
  it('the English file has every key of the German one, and no other', () => {
    expect(keysOf(en).sort()).toEqual(keysOf(de).sort());
  });
  it('both languages fill in the same values', () => {
    for (const key of keysOf(de)) expect([key, valuesIn(lookUp(en, key))]).toEqual([key, valuesIn(lookUp(de, key))]);
  });
  it('fills values in without escaping them', () => {
    expect(createTexts('de')('rules.P310-04', { latest: '24.12.2026 <b>' })).toContain('24.12.2026 <b>');
  });
  it('writes counts with the language’s separators, and what is no count as it is', () => {
    expect(createTexts('de')('outages.restoration.delivered', { done: 99_999, total: 100_000 })).toContain(
      '99.999 von 100.000',
    );
    expect(createTexts('de')('certificates.found', { count: 123_456 })).toBe('123.456 Einträge');
    expect(createTexts('en')('certificates.piles.all', { count: 123_456 })).toBe('All 123,456');
    expect(createTexts('de')('master.catalogues.line', { line: 123_456 })).toContain('Zeile 123456.');
    expect(createTexts('de')('trail.chain.broken.missing', { sequence: 123_456 })).toContain('Eintrag 123456 ');
    expect(createTexts('de')('rules.for-laengeIK', { entered: '104940005' })).toContain('«104940005»');
    expect(formatCount(100_000, 'de')).toBe('100.000');
    expect(formatCount(100_000, 'en')).toBe('100,000');
  });
});
