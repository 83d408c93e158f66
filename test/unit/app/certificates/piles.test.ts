import { describe, expect, it } from 'vitest';
import { listCertificates, pileOf, type Pile } from '../../../../renderer/app/certificates/piles';
import type { StoredRecord } from '../../../../renderer/domain/record';
import { answered, sampleCancellation, sampleCertificate, sampleDocument, sampleState } from '../sample-records';

const records: readonly StoredRecord[] = [
  sampleCertificate(
    'delivered',
    sampleState({ stage: 'delivered', document: sampleDocument, deliveredAt: '2026-11-23T09:00:00Z' }),
  ),
  sampleCertificate('issued', sampleState({ stage: 'issued' })),
  sampleCertificate('draft', sampleState({ stage: 'recorded' }, { issuedAt: null })),
  sampleCertificate('rejected', sampleState(answered('rejected', '101'))),
  sampleCertificate('replaced', sampleState(answered('informed', '100'), { correctedBy: 'other' })),
  sampleCertificate('paper', sampleState({ stage: 'paper-only', rule: 'pays-alone', reason: '' })),
  sampleCancellation('cancellation', sampleState({ stage: 'issued' })),
];

describe('piles', () => {
  it('puts every record on one pile', () => {
    expect(records.map(pileOf)).toEqual(['delivered', 'owed', 'drafts', 'act', 'ended', 'paper', 'owed']);
  });

  it('lists a pile and counts all, opening only the records that are on their way', async () => {
    const opened: string[] = [];
    const store = {
      searchCertificates: () => Promise.resolve(records.map(({ id }) => id)),
      records: {
        stages: () => Promise.resolve(new Map(records.map(({ id, state }) => [id, state.stage]))),
        list: (stages: readonly string[] = []) => {
          const some = records.filter(({ state }) => stages.includes(state.stage));
          opened.push(...some.map(({ id }) => id));
          return Promise.resolve(some);
        },
      },
    };
    const list = (pile: Pile) => listCertificates(store, '', pile);
    expect((await list('all')).counts).toEqual({
      all: 7,
      owed: 2,
      act: 1,
      delivered: 1,
      paper: 1,
      drafts: 1,
      ended: 1,
    });
    expect((await list('owed')).ids).toEqual(['issued', 'cancellation']);
    expect((await list('act')).ids).toEqual(['rejected']);
    expect((await list('ended')).ids).toEqual(['replaced']);
    expect((await list('delivered')).ids).toEqual(['delivered']);
    expect(new Set(opened)).toEqual(new Set(['issued', 'rejected', 'replaced', 'cancellation']));
  });
});
