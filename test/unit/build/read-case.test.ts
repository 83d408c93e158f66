import { describe, expect, it } from 'vitest';
import { readCase } from '../../../build/certify/read-case';
import { createTexts, languages } from '../../../renderer/texts';
import { sampleContent } from '../domain/sample';

const german = createTexts('de');
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
/** The sample with one key set to something else, or left out. */
function changed(path: readonly string[], value: unknown): string {
  const content = structuredClone(sampleContent());
  let parent: object = content;
  for (const key of path.slice(0, -1)) {
    const inner: unknown = Reflect.get(parent, key);
    if (typeof inner === 'object' && inner !== null) parent = inner;
  }
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return JSON.stringify(content);
}

describe('a case of the certification package', () => {
  it('is read, with or without a byte order mark', () => {
    const json = JSON.stringify(sampleContent());
    for (const text of [json, `\ufeff${json}`]) expect(readCase(bytesOf(text), german)).toMatchObject({ kind: 'case' });
  });

  it.each([
    ['half a file', '{"certificate": {', 'case-json', 'kein JSON'],
    ['a list', '[]', 'case-format', 'object'],
    ['another kind', changed(['certificate', 'kind'], 'DRITTE'), 'case-value', '«DRITTE»'],
    ['a midwife (02)', changed(['issuer', 'type'], '02'), 'case-value', 'Erlaubt: 00, 01, 03, 04'],
    ['another certainty', changed(['certificate', 'diagnoses', '0', 'certainty'], 'X'), 'case-value', 'A, G, V, Z'],
    ['a missing key', changed(['patient', 'birthDate'], undefined), 'case-format', '«patient.birthDate»'],
    ['a number for a date', changed(['certificate', 'unfitUntil'], 20261201), 'case-format', 'da steht number'],
  ])('%s is refused, and the message says where', (_, json, rule, words) => {
    const reading = readCase(bytesOf(json), german);
    expect(reading).toMatchObject({ kind: 'refused', refusal: { rule } });
    expect(reading.kind === 'refused' ? reading.refusal.message : '').toContain(words);
  });

  it('bytes that are no UTF-8 are refused, not repaired', () => {
    const latin = Uint8Array.from([...bytesOf('{"id": "'), 0xfc, ...bytesOf('"}')]);
    for (const language of languages)
      expect(readCase(latin, createTexts(language))).toMatchObject({ refusal: { rule: 'case-encoding' } });
  });
});
