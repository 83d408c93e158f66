import { describe, expect, it } from 'vitest';
import { brokenChainOf, strandedFollowUps } from '../../../../renderer/app/certificates/chain';
import { contentWith, sampleCertificate, sampleDocument, sampleState } from '../sample-records';

const delivered = { stage: 'delivered', document: sampleDocument, deliveredAt: '2026-11-20T09:00:00Z' } as const;
const cancelled = { stage: 'cancelled', cancellationId: 's' } as const;
const followUp = contentWith({ certificate: { kind: 'FOLGE', unfitSince: null } });
const first = sampleCertificate('first', sampleState(delivered), { createdAt: '2026-11-16T08:00:00Z' });
const cancelledFirst = sampleCertificate('first', sampleState(cancelled), { createdAt: '2026-11-16T08:00:00Z' });
const correctedFirst = sampleCertificate('first', sampleState(delivered, { correctedBy: 'new' }), {
  createdAt: '2026-11-16T08:00:00Z',
});
const follow = sampleCertificate('follow', sampleState(delivered), {
  createdAt: '2026-11-20T08:00:00Z',
  content: followUp,
});

describe('follow-ups after a withdrawn certificate', () => {
  it('says nothing while the first one is valid', () => {
    expect(brokenChainOf(follow, [follow, first])).toBeNull();
    expect(strandedFollowUps(first, [follow, first])).toEqual([]);
  });
  it('points out a cancelled or corrected forerunner, from both ends', () => {
    expect(brokenChainOf(follow, [follow, cancelledFirst])?.because).toBe('cancelled');
    expect(brokenChainOf(follow, [follow, correctedFirst])?.because).toBe('corrected');
    expect(strandedFollowUps(cancelledFirst, [follow, cancelledFirst])).toEqual([follow]);
  });
  it('does not take a correction made after the follow-up for its forerunner', () => {
    const correction = sampleCertificate('new', sampleState(delivered), {
      createdAt: '2026-11-21T08:00:00Z',
      corrects: 'first',
    });
    expect(brokenChainOf(follow, [correction, follow, correctedFirst])?.forerunner.id).toBe('first');
  });
  it('stands on a correction that was there before the follow-up', () => {
    const correction = sampleCertificate('new', sampleState(delivered), {
      createdAt: '2026-11-17T08:00:00Z',
      corrects: 'first',
    });
    expect(brokenChainOf(follow, [follow, correction, correctedFirst])).toBeNull();
  });
  it('is about one patient only', () => {
    const other = { ...cancelledFirst, content: contentWith({ coverage: { insuredId: 'B234567891' } }) };
    expect(brokenChainOf(follow, [follow, other])).toBeNull();
  });
  it('leaves first certificates, drafts and withdrawn follow-ups alone', () => {
    expect(brokenChainOf(first, [cancelledFirst])).toBeNull();
    const draft = sampleCertificate('draft', sampleState({ stage: 'recorded' }, { issuedAt: null }), {
      createdAt: '2026-11-20T08:00:00Z',
      content: followUp,
    });
    expect(brokenChainOf(draft, [cancelledFirst])).toBeNull();
    const withdrawn = { ...follow, state: sampleState(cancelled) };
    expect(brokenChainOf(withdrawn, [cancelledFirst])).toBeNull();
  });
});
