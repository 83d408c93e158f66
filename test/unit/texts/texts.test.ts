import { describe, expect, it } from 'vitest';
import { de } from '../../../renderer/texts/de';
import { en } from '../../../renderer/texts/en';
import { createTexts } from '../../../renderer/texts';

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
});
