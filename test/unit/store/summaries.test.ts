import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordRow } from '../../../renderer/store/database';
import { has, summaryOf, wantedOf, wordsOf } from '../../../renderer/store/summaries';
import { exampleContent } from '../../support/content';

const row = (id: string, content: RecordRow['content']): Parameters<typeof summaryOf>[0] => ({
  ...{ id, kind: 'certificate', createdAt: '2026-11-23T09:00:00Z', content },
});
const mueller = row(
  'mueller',
  exampleContent({
    patient: { family: 'Müller-Lüdenscheidt', given: 'Jörg', birthDate: '1971-04-03' },
    coverage: { insuredId: 'A123456780', payerName: 'BKK Süd', payerIk: '101575519' },
    certificate: { issuedOn: '2026-11-23' },
  }),
);
const strasser = row(
  'strasser',
  exampleContent({ patient: { family: 'Straßer', given: 'Ana', birthDate: '2004-05' } }),
);
const words = [mueller, strasser].map((one) => ({ id: one.id, words: wordsOf(summaryOf(one, 'key')) }));
const find = (typed: string) => words.filter((one) => has(one.words, wantedOf(typed))).map(({ id }) => id);

describe('searching certificates', () => {
  it.each([
    ['Müller', 'umlaut'],
    ['mueller', 'umlaut written out'],
    ['MULLER', 'umlaut left out, capitals'],
    ['lüdensch', 'second part of the name, its beginning'],
    ['jörg müller', 'given name first'],
    ['A1234567', 'insured id'],
    ['03.04.1971', 'birth date'],
    ['3.4.71', 'birth date, short'],
    ['23.11.', 'day of issue without a year'],
    ['23.11.26', 'day of issue'],
    ['bkk sued', 'insurer'],
    ['101575519', 'insurer’s IK'],
  ])('finds by %s (%s)', (typed) => {
    expect(find(typed)).toContain('mueller');
  });
  it('takes a document’s file name for its id', () => {
    const id = '3f0c8a52-9d11-5b7e-8a44-0c1d2e3f4a5b';
    for (const name of [`TEAU0_${id}.p7s`, `EEAU0_Storno_${id}.xml`]) expect(wantedOf(name)).toEqual(wantedOf(id));
  });
  it('finds ß as ss', () => {
    expect(find('strasser')).toEqual(['strasser']);
  });
  it('wants every word', () => {
    expect(find('müller ana')).toEqual([]);
  });
  it('shows everything for nothing, in the order given', () => {
    expect(find('  ')).toEqual(['mueller', 'strasser']);
  });
  it('never fails, whatever is typed, and finds no more with more words', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, two) => {
        const wide = find(one);
        expect(find(`${one} ${two}`).every((id) => wide.includes(id))).toBe(true);
      }),
    );
  });
});
