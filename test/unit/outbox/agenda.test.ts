import { describe, expect, it } from 'vitest';
import type { EventDetail } from '../../../renderer/domain/event';
import type { Outage } from '../../../renderer/domain/outage';
import type { StoredRecord } from '../../../renderer/domain/record';
import { stateOf } from '../../../renderer/domain/state';
import { agendaOf, payerIndex } from '../../../renderer/outbox/agenda';
import { mayGo } from '../../../renderer/outbox/restoration-queue';
import { isDue } from '../../../renderer/outbox/retrying';
import { exampleContent } from '../../support/content';
import { eventsOf, happened, soon } from '../../support/events';

const { recorded, issued, signed, attempting, handedOver, delivered } = happened;
const payers = payerIndex([
  {
    id: '109500969',
    name: 'Musterkasse',
    iks: ['109500969', '109500970'],
    provider: 'BITMARCK SERVICE GMBH',
    vknr: null,
    address: null,
  },
]);

function record(id: string, ...details: EventDetail[]): StoredRecord {
  const state = stateOf(eventsOf(recorded, ...details), soon);
  return {
    kind: 'certificate',
    id,
    createdAt: '2026-11-23T08:00:00Z',
    content: exampleContent(),
    corrects: null,
    coverageSource: 'typed',
    state,
  };
}

function outage(scope: Outage['scope'], startedAt = '2026-11-23T07:00:00Z'): Outage {
  return { id: 'outage', scope, reason: '', startedAt, declaredBy: 'AB', confirmedAt: null, endedAt: null };
}

const at = (now: string, records: StoredRecord[], outages: Outage[] = []) =>
  agendaOf({ records, outages, payers, workingDays: { state: 'BE', saturdayCounts: true }, now: new Date(now) });
const ids = (records: readonly StoredRecord[]) => records.map(({ id }) => id);

describe('the agenda', () => {
  it('everything on its way is owed, and nothing that is done', () => {
    const records = [
      record('draft'),
      record('issued', issued),
      record('signed', issued, signed()),
      record('unknown', issued, signed(), attempting('a'), happened.unknown('a')),
      record('handed over', issued, signed(), attempting('a'), handedOver('a')),
      record('delivered', issued, signed(), attempting('a'), handedOver('a'), delivered()),
      record('rejected', issued, signed(), attempting('a'), handedOver('a'), happened.rejected('101')),
      record('corrected', issued, signed(), attempting('a'), handedOver('a'), happened.informed(), {
        type: 'corrected',
        byCertificateId: 'x',
      }),
      record('paper', issued, { type: 'paper-only', rule: 'special-group-07', reason: '' }),
    ];
    const agenda = at('2026-11-23T09:00:00Z', records);
    expect(ids(agenda.owed)).toEqual(['issued', 'signed', 'unknown', 'handed over', 'rejected']);
    expect(ids(agenda.drafts)).toEqual(['draft']);
    expect(ids(agenda.needsAction)).toEqual(['rejected']);
    expect(ids(agenda.awaitingReceipt)).toEqual(['handed over']);
  });

  it('an outage holds back whom it concerns: by any IK of the insurer, or by its provider', () => {
    const records = [record('one', issued)];
    const held = (scope: Outage['scope']) => ids(at('2026-11-23T09:00:00Z', records, [outage(scope)]).heldBack);
    expect(held({ kind: 'all' })).toEqual(['one']);
    expect(held({ kind: 'provider', provider: 'BITMARCK SERVICE GMBH' })).toEqual(['one']);
    expect(held({ kind: 'payer', payerIk: '109500970' })).toEqual(['one']);
    expect(held({ kind: 'provider', provider: 'gkv informatik' })).toEqual([]);
    expect(held({ kind: 'payer', payerIk: '101575519' })).toEqual([]);
  });

  it('P5-04: 24 hours without receipt or error are shown, and the KK copy is to be posted today', () => {
    const records = [record('one', issued, signed(), attempting('a'), handedOver('a'))];
    expect(ids(at('2026-11-24T08:03:59Z', records).receiptOverdue)).toEqual([]);
    const agenda = at('2026-11-24T08:04:00Z', records);
    expect(ids(agenda.receiptOverdue)).toEqual(['one']);
    expect(ids(agenda.postToday)).toEqual(['one']);
  });

  it('P6-05: unsent by the end of the next working day is posted, unless the patient has the KK copy', () => {
    const unsent = record('unsent', issued);
    const given = record('given', issued, { type: 'paper-given' });
    expect(ids(at('2026-11-23T20:00:00Z', [unsent, given]).postToday)).toEqual([]);
    expect(ids(at('2026-11-24T07:00:00Z', [unsent, given]).postToday)).toEqual(['unsent']);
  });

  it('P6-05: deadlines count from the issue date on the document, not from the day it was taken over or entered', () => {
    const issuedOn = (day: string): StoredRecord => {
      const one = record(day, issued);
      const { content } = one;
      return { ...one, content: { ...content, certificate: { ...content.certificate, issuedOn: day } } };
    };
    // Entered on Monday 23 November: one issued that day is due on Tuesday, one issued on Friday at once.
    const records = [issuedOn('2026-11-23'), issuedOn('2026-11-20')];
    expect(ids(at('2026-11-23T09:00:00Z', records).postToday)).toEqual(['2026-11-20']);
    expect(ids(at('2026-11-23T09:00:00Z', records).remindDoctor)).toEqual(['2026-11-20']);
    expect(ids(at('2026-11-24T09:00:00Z', records).postToday)).toEqual(['2026-11-23', '2026-11-20']);
  });

  it('P6-03: after seven days it is asked whether an outage lasts, and again seven days after the answer', () => {
    const running = outage({ kind: 'all' });
    expect(at('2026-11-29T22:00:00Z', [], [running]).stillDown).toEqual([]);
    expect(at('2026-11-30T07:00:00Z', [], [running]).stillDown).toEqual([running]);
    const confirmed = { ...running, confirmedAt: '2026-11-30T07:00:00Z' };
    expect(at('2026-12-06T07:00:00Z', [], [confirmed]).stillDown).toEqual([]);
    expect(at('2026-12-07T07:00:00Z', [], [confirmed]).stillDown).toEqual([confirmed]);
  });
});

describe('a clock that was set back', () => {
  it('asks for nothing that was not due then, and for the same as before when it is right again', () => {
    const records = [
      record('sent', issued, signed(), attempting('a'), handedOver('a')),
      record('unsent', issued),
      record('bounced', issued, signed(), attempting('b'), handedOver('b'), happened.bounced()),
    ];
    const running = outage({ kind: 'payer', payerIk: '1' });
    const right = at('2026-12-01T09:00:00Z', records, [running]);
    const back = at('2026-11-20T09:00:00Z', records, [running]);
    expect(ids(back.owed)).toEqual(ids(right.owed));
    expect([...back.receiptOverdue, ...back.postToday, ...back.remindDoctor]).toEqual([]);
    expect(back.stillDown).toEqual([]);
    expect(ids(right.receiptOverdue)).toEqual(['sent']);
    expect(ids(right.postToday)).toEqual(['sent', 'unsent', 'bounced']);
    expect(right.stillDown).toEqual([running]);
  });
});

describe('the doctor is reminded', () => {
  it('of what is unsent for more than one working day, Saturday as the setting says, and of nothing that is sent', () => {
    // Issued on Monday 23 November.
    const records = [
      record('unsent', issued),
      record('given', issued, { type: 'paper-given' }),
      record('sent', issued, signed(), attempting('a'), handedOver('a')),
    ];
    const reminded = (now: string) => ids(at(now, records).remindDoctor);
    expect(reminded('2026-11-24T20:00:00Z')).toEqual([]);
    expect(reminded('2026-11-25T06:00:00Z')).toEqual(['unsent', 'given']);
  });
});

describe('how long it is tried again (P5-04)', () => {
  const rule = { state: 'BE', saturdayCounts: true } as const;
  const standing = { provenAt: null, restoredAt: null, receiptPatience: 30 * 60_000 };
  const mayGoAt = (one: StoredRecord, now: string) => mayGo(one, standing, new Date(now), rule);

  it('every four hours for three working days after a KIM error, and no longer', () => {
    const bounced = record('one', issued, signed(), attempting('a'), handedOver('a'), happened.bounced());
    expect(mayGoAt(bounced, '2026-11-23T12:04:00Z')).toBe(false);
    expect(mayGoAt(bounced, '2026-11-23T12:05:00Z')).toBe(true);
    expect(mayGoAt(bounced, '2026-11-26T22:00:00Z')).toBe(true);
    expect(mayGoAt(bounced, '2026-11-27T07:00:00Z')).toBe(false);
  });

  it('a document made anew after an insurer’s error has three working days of its own', () => {
    const anew = '0b5bb5d2-74d5-5a5a-9a8a-0c7f7a1f5b12';
    const one = record(
      'one',
      issued,
      signed(),
      attempting('a'),
      handedOver('a'),
      happened.rejected('101'),
      signed(anew, 2),
    );
    const setback = {
      kind: 'attempt-failed',
      at: '2026-11-23T08:00:00Z',
      code: '451',
      text: '',
      temporary: true,
    } as const;
    const [attempt] = one.state.attempts;
    if (attempt === undefined) throw new Error('It was sent once.');
    const later: StoredRecord = {
      ...one,
      state: { ...one.state, attempts: [{ ...attempt, at: '2026-11-02T08:00:00Z' }], setback },
    };
    expect(mayGoAt(later, '2026-11-23T12:00:00Z')).toBe(true);
  });
});

describe('retrying by itself', () => {
  const state = (...details: EventDetail[]) =>
    stateOf(eventsOf(recorded, issued, signed(), attempting('a'), ...details), soon);
  it('an unanswered attempt is due at once', () => {
    expect(isDue(state(happened.unknown('a')), new Date('2026-11-23T08:04:00Z'))).toBe(true);
  });
  it('P5-04: what KIM could not deliver is due every four hours', () => {
    const bounced = state(handedOver('a'), happened.bounced());
    expect(isDue(bounced, new Date('2026-11-23T12:04:59Z'))).toBe(false);
    expect(isDue(bounced, new Date('2026-11-23T12:05:00Z'))).toBe(true);
  });
  it('a final refusal waits for a person, a temporary one for five minutes', () => {
    expect(isDue(state(happened.failed('a', false)), new Date('2027-01-01T00:00:00Z'))).toBe(false);
    expect(isDue(state(happened.failed('a')), new Date('2026-11-23T08:08:59Z'))).toBe(false);
    expect(isDue(state(happened.failed('a')), new Date('2026-11-23T08:09:00Z'))).toBe(true);
  });
  it('what was handed over or delivered is never due', () => {
    expect(isDue(state(handedOver('a')), new Date('2027-01-01T00:00:00Z'))).toBe(false);
    expect(isDue(state(handedOver('a'), delivered()), new Date('2027-01-01T00:00:00Z'))).toBe(false);
  });
});
