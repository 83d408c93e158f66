import { describe, expect, it } from 'vitest';
import { batchesOf } from '../../../../renderer/app/certificates/batch';
import type { StoredRecord } from '../../../../renderer/domain/record';
import { sampleCancellation, sampleCertificate, sampleState } from '../sample-records';

const issued = { stage: 'issued' } as const;
const records: readonly StoredRecord[] = [
  sampleCertificate('draft', sampleState({ stage: 'recorded' }, { issuedAt: null })),
  sampleCertificate('fresh', sampleState(issued, { issuedAt: '2026-11-26T08:00:00Z' })),
  sampleCertificate('printed', sampleState(issued, { issuedAt: '2026-11-26T09:00:00Z', printed: ['AG', 'V'] })),
  sampleCertificate('by hand', sampleState(issued, { issuedAt: '2026-11-26T09:00:00Z', byHand: true })),
  sampleCertificate('yesterday', sampleState(issued, { issuedAt: '2026-11-25T09:00:00Z' })),
  // In Germany the day begins an hour before UTC's.
  sampleCertificate('midnight', sampleState(issued, { issuedAt: '2026-11-25T23:30:00Z', printed: ['KK'] })),
  sampleCertificate('discarded', sampleState({ stage: 'discarded', reason: 'x' })),
  sampleCertificate('cancelled', sampleState({ stage: 'cancelled', cancellationId: 'c' })),
  sampleCancellation('cancellation', sampleState(issued)),
];
const ids = (some: readonly StoredRecord[]) => some.map(({ id }) => id);

describe('batches of slips', () => {
  const batches = batchesOf(records, records.slice(0, 3), new Date('2026-11-26T12:00:00Z'));
  it('not printed yet: what was issued and never printed, but for what was filled in by hand', () => {
    expect(ids(batches.unprinted)).toEqual(['fresh', 'yesterday']);
  });
  it('today, by the German day', () => {
    expect(ids(batches.today)).toEqual(['fresh', 'printed', 'by hand', 'midnight']);
  });
  it('the list as it is shown, without drafts', () => {
    expect(ids(batches.shown)).toEqual(['fresh', 'printed']);
  });
});
