import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lagebild } from '../../../electron/contract/lagebild';
import type { Outage, OutageScope } from '../../../renderer/domain/outage';
import { FailedReceipts } from '../../../renderer/outbox/failed-receipts';
import { isSameHouse, nextLookAt, rowOf, wordOf, type LagebildWord } from '../../../renderer/outbox/lagebild';
import { endOffersOf, proposalsOf, type Dismissed, type Suspect } from '../../../renderer/outbox/proposals';
import type { Signal } from '../../../renderer/outbox/restoration-health';

const minute = 60_000;
const hour = 60 * minute;
const noon = new Date('2026-11-26T12:00:00Z');
const at = (minutesBefore: number) => new Date(noon.getTime() - minutesBefore * minute).toISOString();

const bitmarck = 'BITMARCK SERVICE GMBH';
const payers = [1, 2, 3, 4].map((number) => ({
  id: `10000000${number}`,
  name: `Kasse ${number}`,
  iks: [`10000000${number}`],
  provider: number === 4 ? 'gkv informatik' : bitmarck,
  vknr: null,
  address: null,
}));
const suspect = (number: number, count: number, minutesBefore = 60): Suspect => ({
  key: `10000000${number}`,
  provider: number === 4 ? 'gkv informatik' : bitmarck,
  failed: { count, since: count === 0 ? null : noon.getTime() - minutesBefore * minute },
});
const outage = (scope: OutageScope, change: Partial<Outage> = {}): Outage => ({
  id: 'o',
  scope,
  reason: '',
  startedAt: at(300),
  declaredBy: 'AB',
  confirmedAt: null,
  endedAt: null,
  ...change,
});
const offWord: LagebildWord = { kind: 'no-word', why: 'off', askedAt: null };
const word = (down: string[], kim: 'none' | 'full' = 'none', minutesBefore = 2): LagebildWord => ({
  kind: 'word',
  at: at(minutesBefore),
  services: [{ service: 'kim', outage: kim, hasMaintenance: false, functions: [] }],
  components: 9,
  down: down.map((organization) => ({ organization, product: 'Fachdienste VSDM (UFS)' })),
  announcements: [],
});
const rows = (...words: LagebildWord[]) => words.flatMap((one) => (one.kind === 'word' ? [rowOf(one)] : []));
const propose = (change: Partial<Parameters<typeof proposalsOf>[0]>) =>
  proposalsOf({ suspects: [], payers, outages: [], lagebild: offWord, history: [], dismissed: {}, ...change });

describe('what is proposed as an outage', () => {
  it('several suspect insurers at one provider: the provider, with the figures that speak for it', () => {
    const proposals = propose({ suspects: [suspect(1, 3, 90), suspect(2, 1, 30), suspect(3, 0)] });
    expect(proposals).toEqual([
      {
        key: `provider ${bitmarck}`,
        scope: { kind: 'provider', provider: bitmarck },
        evidence: { payers: 2, failed: 4, since: at(90), lagebild: 'no-word' },
        concerned: 3,
      },
    ]);
  });

  it('one suspect insurer: that insurer, if more than one certificate failed', () => {
    expect(propose({ suspects: [suspect(1, 1)] })).toEqual([]);
    expect(propose({ suspects: [suspect(1, 2)] })).toMatchObject([
      { scope: { kind: 'payer', payerIk: '100000001' }, evidence: { payers: 1, failed: 2 } },
    ]);
  });

  it('one suspect insurer and the Lagebild: the provider', () => {
    const lagebild = word(['BITMARCK Technik GmbH']);
    expect(propose({ suspects: [suspect(1, 1)], lagebild })).toMatchObject([
      { scope: { kind: 'provider' }, evidence: { payers: 1, failed: 1, lagebild: 'down' } },
    ]);
  });

  it('the Lagebild alone, if it says so in two probes running; KIM wholly out is everybody', () => {
    const now = word(['BITMARCK Technik GmbH']);
    const before = word(['BITMARCK Technik GmbH'], 'none', 7);
    expect(propose({ lagebild: now, history: rows(now) })).toEqual([]);
    expect(propose({ lagebild: now, history: rows(word([], 'none', 7), now) })).toEqual([]);
    expect(propose({ lagebild: now, history: rows(before, now) })).toMatchObject([
      { scope: { kind: 'provider' }, evidence: { payers: 0, failed: 0, since: null, lagebild: 'down' } },
    ]);
    expect(propose({ lagebild: word([], 'full'), history: rows(word([], 'full', 7)) })).toMatchObject([
      { scope: { kind: 'all' }, concerned: 4 },
    ]);
    // The one before was an hour ago: that is no second probe running.
    expect(propose({ lagebild: now, history: rows(word(['BITMARCK Technik GmbH'], 'none', 70)) })).toEqual([]);
  });

  it('«available» in the Lagebild speaks against nothing: an insurer’s mailbox can be down while every row says 1', () => {
    expect(propose({ suspects: [suspect(1, 2), suspect(2, 2)], lagebild: word([]) })).toMatchObject([
      { scope: { kind: 'provider' }, evidence: { lagebild: 'available' } },
    ]);
  });

  it('nobody who is in a running outage already', () => {
    const suspects = [suspect(1, 3), suspect(2, 3), suspect(4, 2)];
    const keys = (outages: Outage[]) => propose({ suspects, outages }).map(({ key }) => key);
    expect(keys([outage({ kind: 'all' })])).toEqual([]);
    expect(keys([outage({ kind: 'provider', provider: bitmarck })])).toEqual(['payer 100000004']);
    expect(keys([outage({ kind: 'payer', payerIk: '100000001' })])).toEqual(['payer 100000002', 'payer 100000004']);
    expect(keys([outage({ kind: 'all' }, { endedAt: at(1) })])).toEqual([`provider ${bitmarck}`, 'payer 100000004']);
  });

  it('what was dismissed comes again with more that speaks for it, and not before', () => {
    const said = (failed: number, lagebild: 'down' | 'no-word' = 'no-word'): Dismissed => ({
      [`provider ${bitmarck}`]: { at: at(20), evidence: { payers: 2, failed, since: at(90), lagebild } },
    });
    const two = [suspect(1, 3, 90), suspect(2, 2)];
    const shown = (suspects: Suspect[], dismissed: Dismissed, more: Partial<Parameters<typeof proposalsOf>[0]> = {}) =>
      propose({ suspects, dismissed, ...more }).some(({ scope }) => scope.kind === 'provider');
    expect(shown(two, said(4))).toBe(false);
    expect(shown(two, said(2))).toBe(true);
    expect(shown([...two, suspect(3, 1)], said(5))).toBe(true);
    // All that failed now was sent after the user said no: another incident.
    expect(shown([suspect(1, 1, 10), suspect(2, 1, 5)], said(4))).toBe(true);
    const lagebild = word([bitmarck]);
    expect(shown(two, said(4), { lagebild })).toBe(true);
    expect(shown(two, said(4, 'down'), { lagebild, history: rows(word([bitmarck], 'none', 7)) })).toBe(false);
    expect(shown(two, said(4, 'down'), { lagebild, history: rows(word([], 'none', 7)) })).toBe(true);
  });
});

describe('P6-03: what is offered as an end', () => {
  const offers = (change: Partial<Parameters<typeof endOffersOf>[0]>) =>
    endOffersOf({ outages: [], probing: null, lagebild: offWord, history: [], dismissed: {}, ...change });
  const well = { at: at(1), components: { connector: 'answers' }, allWellSince: at(11) } as const;

  it('everything answers our own probes: an outage of everything or of this practice, no insurer’s', () => {
    expect(offers({ outages: [outage({ kind: 'all' })], probing: well })).toEqual([
      { key: 'end o', outageId: 'o', by: 'probes', since: at(11) },
    ]);
    expect(offers({ outages: [outage({ kind: 'practice' })], probing: well })).toHaveLength(1);
    expect(offers({ outages: [outage({ kind: 'payer', payerIk: '100000001' })], probing: well })).toEqual([]);
    expect(offers({ outages: [outage({ kind: 'provider', provider: bitmarck })], probing: well })).toEqual([]);
  });

  it('is silent while anything fails, and about what is over', () => {
    const probing = { ...well, allWellSince: null };
    expect(offers({ outages: [outage({ kind: 'all' })], probing })).toEqual([]);
    expect(offers({ outages: [outage({ kind: 'all' }, { endedAt: at(1) })], probing: well })).toEqual([]);
    expect(offers({ outages: [outage({ kind: 'all' }, { startedAt: at(0) })], probing: well })).toEqual([]);
  });

  it('dismissed, it comes again after it has failed in between', () => {
    const outages = [outage({ kind: 'all' })];
    const dismissed = { 'end o': { at: at(10), evidence: null } };
    expect(offers({ outages, probing: well, dismissed })).toEqual([]);
    expect(offers({ outages, probing: { ...well, allWellSince: at(5) }, dismissed })).toHaveLength(1);
  });

  it('the Lagebild has seen the provider down and then up twice', () => {
    const outages = [outage({ kind: 'provider', provider: bitmarck })];
    const history = rows(word([bitmarck], 'none', 20), word([], 'none', 15), word([], 'none', 10));
    expect(offers({ outages, lagebild: word([]), history })).toEqual([
      { key: 'end o', outageId: 'o', by: 'lagebild', since: at(15) },
    ]);
    expect(offers({ outages, lagebild: word([]), history: history.slice(0, 2) })).toEqual([]);
    expect(offers({ outages, lagebild: word([]), history: history.slice(1) })).toEqual([]);
    expect(offers({ outages, lagebild: offWord, history })).toEqual([]);
  });
});

describe('the TI-Lagebild as one witness among others', () => {
  const component = (minutesBefore: number, isAvailable = true): Lagebild['components'][number] => ({
    at: at(minutesBefore),
    ci: 'CI-1',
    organization: 'BITMARCK Technik GmbH',
    product: 'UFS',
    isAvailable,
  });
  const look = (...components: Lagebild['components']) => ({
    askedAt: at(1),
    found: { kind: 'ok' as const, value: { services: [], components, announcements: [], notUnderstood: [] } },
  });

  it('older than 15 minutes, unreachable or not understood is «no word», never «all well»', () => {
    expect(wordOf(look(component(15)), noon)).toMatchObject({ kind: 'word', components: 1 });
    expect(wordOf(look(component(15.1)), noon)).toMatchObject({ kind: 'no-word', why: 'stale' });
    expect(wordOf(look(component(-20)), noon)).toMatchObject({ kind: 'no-word', why: 'stale' });
    expect(wordOf(null, noon)).toMatchObject({ kind: 'no-word', why: 'not-asked' });
    const failed = (reason: 'tls' | 'protocol') =>
      wordOf({ askedAt: at(1), found: { kind: 'failed', failure: { reason, code: null, text: '' } } }, noon);
    expect(failed('tls')).toMatchObject({ why: 'unreachable' });
    expect(failed('protocol')).toMatchObject({ why: 'not-understood' });
  });

  it('old rows among fresh ones say nothing', () => {
    expect(wordOf(look(component(2), component(60, false)), noon)).toMatchObject({ components: 1, down: [] });
  });

  it.each([
    ['BITMARCK Technik GmbH', 'BITMARCK SERVICE GMBH', true],
    ['gkv informatik GbR', 'gkv informatik', true],
    ['Übungsrechenzentrum Süd', 'ÜBUNGSRECHENZENTRUM SÜD', true],
    ['ÜBUNGSRECHENZENTRUM NORD', 'ÜBUNGSRECHENZENTRUM SÜD', false],
    ['GKV-Spitzenverband', 'gkv informatik', false],
    ['Service GmbH', 'BITMARCK SERVICE GMBH', false],
    ['', 'BITMARCK SERVICE GMBH', false],
  ])('«%s» and «%s»: one house %s', (one, other, isSame) => {
    expect(isSameHouse(one, other)).toBe(isSame);
  });

  it('is asked a minute after gematik’s probe and up to a minute more, every five minutes (property)', () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: new Date('2020-01-01'), max: new Date('2100-01-01') }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (now, share) => {
          const next = nextLookAt(now, share);
          const intoProbe = next.getTime() % (5 * minute);
          expect((intoProbe + 5 * minute) % (5 * minute)).toBeGreaterThanOrEqual(minute);
          expect((intoProbe + 5 * minute) % (5 * minute)).toBeLessThan(2 * minute);
          expect(next.getTime()).toBeGreaterThan(now.getTime());
          expect(nextLookAt(next, share).getTime() - next.getTime()).toBe(5 * minute);
        },
      ),
    );
  });
});

describe('failed receipts of one insurer', () => {
  const sent = (recordId: string, when: number): Signal[] => [
    { kind: 'attempted', at: when, recordId, attemptId: `${recordId}${when}` },
    { kind: 'handed-over', at: when, recordId, attemptId: `${recordId}${when}` },
  ];
  const bounced = (recordId: string, when: number): Signal => ({
    kind: 'failed',
    at: when,
    recordId,
    reason: 'bounced',
    ownFault: false,
  });
  const counted = (signals: Signal[], now: number) => {
    const receipts = new FailedReceipts({ receiptPatience: 30 * minute });
    for (const signal of signals) receipts.follow(signal);
    return receipts.at(now);
  };

  it('counts what came back, and what got no receipt in time, each certificate once', () => {
    const signals = [...sent('a', 1), ...sent('b', 2), bounced('a', 3), ...sent('a', hour), bounced('a', hour + 1)];
    expect(counted(signals, 4)).toEqual({ count: 1, since: 1 });
    expect(counted(signals, hour + 2)).toEqual({ count: 2, since: 1 });
  });

  it('something that arrives clears what was sent before it, and nothing that was sent after', () => {
    const signals = [...sent('a', 1), ...sent('b', 2), ...sent('c', 3), bounced('a', 4), bounced('c', 5)];
    const answered: Signal = { kind: 'answered', at: 6, recordId: 'b' };
    expect(counted([...signals, answered], 7)).toEqual({ count: 1, since: 3 });
  });

  it('sent again because no receipt came: it still counts; the end of an outage begins anew', () => {
    const again: Signal[] = [...sent('a', 1), { kind: 'set-aside', at: hour, recordId: 'a' }, ...sent('a', hour)];
    expect(counted(again, hour + 1)).toEqual({ count: 1, since: 1 });
    expect(counted([...again, { kind: 'outage-ended', at: hour + 2, outageId: 'o' }], 3 * hour).count).toBe(0);
  });

  it('an insurer’s error is an answer, whatever it says about the certificate', () => {
    const rejected: Signal = { kind: 'failed', at: 5, recordId: 'a', reason: 'rejected', ownFault: true };
    expect(counted([...sent('a', 1), rejected], 3 * hour).count).toBe(0);
  });
});
