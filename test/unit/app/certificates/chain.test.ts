import { describe, expect, it } from 'vitest';
import { brokenChainOf, followUpsOf, strandedFollowUps } from '../../../../renderer/app/certificates/chain';
import { contentWith, sampleCancelled, sampleCertificate, sampleDocument, sampleState } from '../sample-records';

const delivered = { stage: 'delivered', document: sampleDocument, deliveredAt: '2026-11-20T09:00:00Z' } as const;
const cancelled = sampleCancelled('s');
const followUp = contentWith({ certificate: { kind: 'FOLGE', unfitSince: null } });
const first = sampleCertificate('first', sampleState(delivered), { createdAt: '2026-11-16T08:00:00Z' });
const cancelledFirst = sampleCertificate('first', cancelled, { createdAt: '2026-11-16T08:00:00Z' });
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
    const withdrawn = { ...follow, state: cancelled };
    expect(brokenChainOf(withdrawn, [cancelledFirst])).toBeNull();
  });
});

describe('what follows a certificate, as it is named before it is cancelled', () => {
  const on = (id: string, kind: 'ERST' | 'FOLGE' | 'FOLGE_END', day: string, codes: string[], createdAt = day) =>
    sampleCertificate(id, sampleState(delivered), {
      createdAt: `${createdAt}T08:00:00Z`,
      content: contentWith({
        certificate: {
          ...{ kind, issuedOn: day, assessedOn: day, unfitUntil: null, unfitSince: null },
          diagnoses: codes.map((code) => ({ code, certainty: 'G', side: null, catalogue: '2026' })),
        },
      }),
    });
  const cold = on('cold', 'ERST', '2026-11-02', ['J06.9']);
  const coldFollow = on('cold-2', 'FOLGE', '2026-11-09', ['J20.9', 'J06.8']);
  const coldEnd = on('cold-3', 'FOLGE_END', '2026-11-16', ['J06.9']);
  const ankle = on('ankle', 'ERST', '2026-11-06', ['S93.40']);
  const ankleFollow = on('ankle-2', 'FOLGE', '2026-11-13', ['S93.40']);
  const all = [ankleFollow, coldEnd, ankle, coldFollow, cold];
  const idsAfter = (record: (typeof all)[number], records = all) => followUpsOf(record, records).map(({ id }) => id);

  it('is all of the same illness that comes after it, in the order of dates', () => {
    expect(idsAfter(cold)).toEqual(['cold-2', 'cold-3']);
    expect(idsAfter(coldFollow)).toEqual(['cold-3']);
    expect(idsAfter(ankle)).toEqual(['ankle-2']);
    expect(idsAfter(coldEnd)).toEqual([]);
  });
  it('goes by the dates, also where the slip of an earlier day was recorded later', () => {
    const late = on('late', 'ERST', '2026-11-02', ['J06.9'], '2026-11-20');
    expect(idsAfter(late, [late, coldFollow])).toEqual(['cold-2']);
    expect(brokenChainOf(coldFollow, [{ ...late, state: cancelled }, coldFollow])?.forerunner.id).toBe('late');
  });
  it('of another illness whose diagnosis changed belongs to the latest one', () => {
    const changed = on('changed', 'FOLGE', '2026-11-20', ['T84.1']);
    expect(idsAfter(ankle, [...all, changed])).toEqual(['ankle-2', 'changed']);
  });
  it('leaves out what was withdrawn itself, and other patients', () => {
    const gone = { ...coldFollow, state: cancelled };
    expect(idsAfter(cold, [cold, gone, coldEnd])).toEqual(['cold-3']);
    const other = { ...coldFollow, content: contentWith({ coverage: { insuredId: 'B234567891' } }) };
    expect(idsAfter(cold, [cold, other])).toEqual([]);
  });
  it('of a corrected one is what was issued before the correction', () => {
    const corrected = { ...cold, state: sampleState(delivered, { correctedBy: 'new' }) };
    const correction = { ...on('new', 'ERST', '2026-11-02', ['J06.9'], '2026-11-10'), corrects: 'cold' };
    expect(idsAfter(corrected, [corrected, coldFollow, correction, coldEnd])).toEqual(['cold-2']);
    expect(brokenChainOf(coldEnd, [corrected, correction, coldEnd])).toBeNull();
  });
});
