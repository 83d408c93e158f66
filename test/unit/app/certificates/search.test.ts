import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countPiles, indexRecords, pileOf, searchRecords } from '../../../../renderer/app/certificates/search';
import {
  answered,
  contentWith,
  sampleCancellation,
  sampleCertificate,
  sampleDocument,
  sampleState,
} from '../sample-records';

const delivered = { stage: 'delivered', document: sampleDocument, deliveredAt: '2026-11-23T09:00:00Z' } as const;
const mueller = sampleCertificate('mueller', sampleState(delivered), {
  content: contentWith({
    patient: { family: 'Müller-Lüdenscheidt', given: 'Jörg', birthDate: '1971-04-03' },
    coverage: { insuredId: 'A123456780', payerName: 'BKK Süd', payerIk: '101575519' },
    certificate: { issuedOn: '2026-11-23' },
  }),
});
const strasser = sampleCertificate('strasser', sampleState({ stage: 'issued' }), {
  content: contentWith({ patient: { family: 'Straßer', given: 'Ana', birthDate: '2004-05' } }),
});
const index = indexRecords([mueller, strasser]);
const find = (typed: string) => searchRecords(index, typed).map(({ id }) => id);

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
    ['3f0c8a52', 'document id, its beginning'],
    ['TEAU0_3f0c8a52-9d11-5b7e-8a44-0c1d2e3f4a5b.p7s', 'file name'],
  ])('finds by %s (%s)', (typed) => {
    expect(find(typed)).toContain('mueller');
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

describe('piles', () => {
  it('puts every record on one pile', () => {
    const records = [
      mueller,
      strasser,
      sampleCertificate('draft', sampleState({ stage: 'recorded' }, { issuedAt: null })),
      sampleCertificate('rejected', sampleState(answered('rejected', '101'))),
      sampleCertificate('replaced', sampleState(answered('informed', '100'), { correctedBy: 'other' })),
      sampleCertificate('paper', sampleState({ stage: 'paper-only', rule: 'pays-alone', reason: '' })),
      sampleCancellation('cancellation', sampleState({ stage: 'issued' })),
    ];
    expect(records.map(pileOf)).toEqual(['delivered', 'owed', 'drafts', 'act', 'ended', 'paper', 'owed']);
    expect(countPiles(records)).toEqual({ all: 7, owed: 2, act: 1, delivered: 1, paper: 1, drafts: 1, ended: 1 });
  });
});
