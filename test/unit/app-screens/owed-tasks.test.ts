import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insurerErrorCode, insurerErrorCodes } from '../../../renderer/domain/insurer-error-codes';
import type { Outage } from '../../../renderer/domain/outage';
import type { EventDetail } from '../../../renderer/domain/event';
import type { StoredRecord } from '../../../renderer/domain/record';
import { stateOf } from '../../../renderer/domain/state';
import { hasPaperToDo, reasonOf, sendable, stepOf, tasksOf } from '../../../renderer/app/owed/tasks';
import { newestOfEach } from '../../../renderer/app/owed/results';
import { agendaOf } from '../../../renderer/outbox/agenda';
import { exampleContent } from '../../support/content';
import { eventsOf, happened, soon } from '../../support/events';

const way: readonly EventDetail[] = [happened.recorded, happened.issued];
const sent: readonly EventDetail[] = [
  ...way,
  happened.signed(),
  happened.attempting('first'),
  happened.handedOver('first'),
];
const noRecipient: EventDetail = { type: 'no-recipient', payerIk: '109500969' };

function record(id: string, details: readonly EventDetail[], kind: StoredRecord['kind'] = 'certificate'): StoredRecord {
  const base = {
    id,
    createdAt: '2026-11-23T08:00:00Z',
    content: exampleContent(),
    state: stateOf(eventsOf(...details), soon),
  };
  return kind === 'certificate'
    ? { ...base, kind, corrects: null, coverageSource: 'typed' }
    : { ...base, kind, certificateId: 'cancelled', cancelledDocumentId: 'document' };
}

const everything: Outage = {
  id: 'outage',
  scope: { kind: 'all' },
  reason: '',
  startedAt: '2026-11-23T07:00:00Z',
  declaredBy: 'AB',
  confirmedAt: null,
  endedAt: null,
};

function agenda(records: readonly StoredRecord[], options: { outages?: readonly Outage[]; now?: Date } = {}) {
  return agendaOf({
    records,
    outages: options.outages ?? [],
    payers: new Map(),
    workingDays: { state: 'BE', saturdayCounts: true },
    now: options.now ?? soon,
  });
}

const ids = (records: readonly StoredRecord[]) => records.map(({ id }) => id);

describe('the tasks of «Offen»', () => {
  it('put each record into the group that says what has to be done first', () => {
    const tasks = tasksOf(
      agenda([
        record('ready', way),
        record('rejected', [...sent, happened.rejected('201')]),
        record('set back', [...way, happened.signed(), noRecipient]),
        record('awaiting', sent),
        record('draft', [happened.recorded]),
        record('done', [...sent, happened.delivered()]),
      ]),
    );
    expect(ids(tasks.ready)).toEqual(['ready']);
    expect(ids(tasks.act)).toEqual(['rejected']);
    expect(ids(tasks.setBack)).toEqual(['set back']);
    expect(ids(tasks.awaiting)).toEqual(['awaiting']);
    expect(ids(tasks.drafts)).toEqual(['draft']);
  });

  it('hold every owed record exactly once, whatever happened to it', () => {
    const ways: readonly (readonly EventDetail[])[] = [
      way,
      [...way, happened.signed()],
      [...way, happened.signed(), noRecipient],
      [...way, happened.signed(), happened.attempting('a')],
      [...way, happened.signed(), happened.attempting('a'), happened.unknown('a')],
      [...way, happened.signed(), happened.attempting('a'), happened.failed('a')],
      sent,
      [...sent, happened.bounced()],
      [...sent, happened.delivered()],
      [...sent, happened.rejected('101')],
      [...sent, happened.informed()],
    ];
    const hours = fc.integer({ min: 0, max: 24 * 10 });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...ways), { maxLength: 20 }),
        hours,
        fc.boolean(),
        (taken, later, isDown) => {
          const records = taken.map((details, index) => record(`${index}`, details));
          const now = new Date(soon.getTime() + later * 3_600_000);
          const owed = agenda(records, { now, outages: isDown ? [everything] : [] });
          const { post, act, overdue, setBack, ready, heldBack, awaiting } = tasksOf(owed);
          const shown = ids([...post, ...act, ...overdue, ...setBack, ...ready, ...heldBack, ...awaiting]);
          expect(shown.toSorted()).toEqual(ids(owed.owed).toSorted());
        },
      ),
    );
  });

  it('P6-05: what has to be posted today stands first, also while an outage holds it back', () => {
    const now = new Date('2026-11-24T15:00:00Z');
    const tasks = tasksOf(agenda([record('old', way)], { now, outages: [everything] }));
    expect(ids(tasks.post)).toEqual(['old']);
    expect(tasks.heldBack).toEqual([]);
  });

  it('show a missing KIM address during an outage as well: its end would not mend it', () => {
    const tasks = tasksOf(
      agenda([record('unknown insurer', [...way, happened.signed(), noRecipient]), record('waits', way)], {
        outages: [everything],
      }),
    );
    expect(ids(tasks.setBack)).toEqual(['unknown insurer']);
    expect(ids(tasks.heldBack)).toEqual(['waits']);
  });

  it('suspected malware stands before every other error', () => {
    const malware: EventDetail = {
      type: 'rejected',
      documentId: '8f5bb5d2-74d5-5a5a-9a8a-0c7f7a1f5b11',
      error: { code: '101', display: 'Fehler', detail: 'Achtung möglicher Virenbefall', messageId: 'uid' },
      malware: true,
    };
    const tasks = tasksOf(
      agenda([
        record('informed', [...sent, happened.informed()]),
        record('rejected', [...sent, happened.rejected('201')]),
        record('malware', [...sent, malware]),
      ]),
    );
    expect(ids(tasks.act)).toEqual(['malware', 'rejected', 'informed']);
  });

  it('«send all» counts exactly what a submission takes: ready, and held back by no outage', () => {
    const records = [record('ready', way), record('awaiting', sent), record('draft', [happened.recorded])];
    const now = agenda(records);
    expect(ids(sendable(tasksOf(now), now))).toEqual(['ready']);
    const down = agenda(records, { outages: [everything] });
    expect(sendable(tasksOf(down), down)).toEqual([]);
  });
});

describe('the one next step', () => {
  it.each(insurerErrorCodes)('P5-04: code %s leads to what KBV asks for', (code) => {
    const known = insurerErrorCode(code);
    const kind = known?.about ?? 'certificate';
    const event = code === '100' ? happened.informed() : happened.rejected(code);
    const step = stepOf(record('one', [...sent, event], kind));
    const expected = {
      'inform-new-card': { kind: 'correct' },
      'certificate-error-first': { kind: 'look', recordId: 'cancelled' },
      recreate: { kind: 'next-step', step: 'recreate' },
      'sign-again': { kind: 'next-step', step: 'sign-again' },
      resend: { kind: 'next-step', step: 'resend' },
    };
    expect(known).not.toBeNull();
    if (known !== null) expect(step).toEqual(expected[known.nextStep]);
  });

  it('a code that is not KBV’s leads to the record itself', () => {
    expect(stepOf(record('odd', [...sent, happened.rejected('999')]))).toEqual({ kind: 'look', recordId: 'odd' });
  });

  it('what is unsent is sent; what is under way is waited for', () => {
    expect(stepOf(record('ready', way))).toEqual({ kind: 'send' });
    expect(stepOf(record('awaiting', sent))).toBeNull();
  });
});

describe('words and paper', () => {
  it('an insurer’s error outweighs a missing receipt', () => {
    expect(reasonOf(record('one', [...sent, happened.rejected('201')]), true)).toBe('insurer-error');
    expect(reasonOf(record('one', sent), true)).toBe('no-receipt');
    expect(reasonOf(record('one', [...way, happened.signed(), noRecipient]), false)).toBe('no-recipient');
    expect(reasonOf(record('one', way), false)).toBe('unsent');
  });

  it('a KK copy is neither offered twice, nor for a cancellation, nor to the wrong insurer', () => {
    expect(hasPaperToDo(record('one', way))).toBe(true);
    expect(hasPaperToDo(record('one', [...way, { type: 'paper-given' }]))).toBe(false);
    expect(hasPaperToDo(record('one', way, 'cancellation'))).toBe(false);
    expect(hasPaperToDo(record('one', [...sent, happened.informed()]))).toBe(false);
  });
});

describe('results of a run', () => {
  const result = (recordId: string, at: string, outcome: 'signed' | 'handed-over') => ({
    recordId,
    at,
    outcome,
    text: '',
  });

  it('say the newest of each record, and nothing of earlier runs', () => {
    const newest = newestOfEach(
      [
        result('a', '2026-11-23T09:02:00Z', 'handed-over'),
        result('b', '2026-11-23T09:01:30Z', 'signed'),
        result('a', '2026-11-23T09:01:00Z', 'signed'),
        result('c', '2026-11-23T08:00:00Z', 'handed-over'),
      ],
      '2026-11-23T09:00:00Z',
    );
    expect(newest.map(({ recordId, outcome }) => [recordId, outcome])).toEqual([
      ['a', 'handed-over'],
      ['b', 'signed'],
    ]);
  });
});
