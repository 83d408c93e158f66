import { describe, expect, it } from 'vitest';
import { batchesOf, freshBatches } from '../../../../renderer/app/certificates/batch';
import type { StoredRecord } from '../../../../renderer/domain/record';
import { summaryOf } from '../../../../renderer/store/summaries';
import { sampleCancellation, sampleCancelled, sampleCertificate, sampleState } from '../sample-records';

const issued = { stage: 'issued' } as const;
const records: readonly StoredRecord[] = [
  sampleCertificate('draft', sampleState({ stage: 'recorded' }, { issuedAt: null })),
  sampleCertificate('fresh', sampleState(issued, { issuedAt: '2026-11-26T08:00:00Z' })),
  sampleCertificate('printed', sampleState(issued, { issuedAt: '2026-11-26T09:00:00Z', printed: ['AG', 'V'] })),
  sampleCertificate('by hand', sampleState(issued, { issuedAt: '2026-11-26T09:00:00Z', byHand: true })),
  sampleCertificate(
    'yesterday',
    sampleState(issued, { issuedAt: '2026-11-25T09:00:00Z', since: '2026-11-20T09:00:00Z' }),
  ),
  // In Germany the day begins an hour before UTC's.
  sampleCertificate('midnight', sampleState(issued, { issuedAt: '2026-11-25T23:30:00Z', printed: ['KK'] })),
  sampleCertificate('discarded', sampleState({ stage: 'discarded', reason: 'x' })),
  sampleCertificate('cancelled', sampleCancelled('c')),
  sampleCancellation('cancellation', sampleState(issued)),
];
describe('batches of slips', () => {
  const now = new Date('2026-11-26T12:00:00Z');
  const batches = freshBatches(records, now);
  it('not printed yet: what was issued and never printed, but for what was filled in by hand', () => {
    expect(batches.unprinted).toEqual(['fresh', 'yesterday']);
  });
  it('today, by the German day', () => {
    expect(batches.today).toEqual(['fresh', 'printed', 'by hand', 'midnight']);
  });
  it('the list as it is shown, without drafts and cancellations; of the others only those of a month and those on their way', async () => {
    const asked: string[] = [];
    const store = {
      records: {
        touched: (from: Date) => {
          asked.push(from.toISOString());
          return Promise.resolve(records.slice(1, 3));
        },
        list: () => Promise.resolve(records.slice(4, 5)),
        stages: () => Promise.resolve(new Map(records.map(({ id, state }) => [id, state.stage]))),
      },
      summaries: (ids: readonly string[]) =>
        Promise.resolve(records.filter(({ id }) => ids.includes(id)).map((record) => summaryOf(record, 'key'))),
    };
    const shown = ['draft', 'fresh', 'printed', 'cancelled', 'cancellation'];
    expect(await batchesOf(store, shown, now)).toEqual({
      unprinted: ['fresh', 'yesterday'],
      today: ['fresh', 'printed'],
      shown: ['fresh', 'printed'],
    });
    expect(asked).toEqual(['2026-10-26T12:00:00.000Z']);
  });
});
