import { describe, expect, it } from 'vitest';
import { hasPaperToDo, reasonOf, sendable, stepOf, tasksOf } from '../../../../renderer/app/owed/tasks';
import { newestOfEach } from '../../../../renderer/app/owed/results';
import { insurerErrorCodes } from '../../../../renderer/domain/insurer-error-codes';
import type { StoredRecord } from '../../../../renderer/domain/record';
import type { Setback } from '../../../../renderer/domain/state';
import type { Agenda } from '../../../../renderer/outbox/office';
import { answered, sampleCancellation, sampleCertificate, sampleDocument, sampleState } from '../sample-records';

const empty: Agenda = {
  owed: [],
  heldBack: [],
  awaitingReceipt: [],
  receiptOverdue: [],
  needsAction: [],
  setBack: [],
  postToday: [],
  remindDoctor: [],
  drafts: [],
  stillDown: [],
};
const setback = (kind: Setback['kind']): Setback => ({
  kind,
  at: '2026-11-23T10:00:00Z',
  code: '1',
  text: '',
  temporary: true,
});
const issued = (id: string, since = '2026-11-23T09:00:00Z') =>
  sampleCertificate(id, sampleState({ stage: 'issued' }, { since }));
const stuck = (id: string, kind: Setback['kind']) =>
  sampleCertificate(id, sampleState({ stage: 'signed', document: sampleDocument }, { setback: setback(kind) }));
const ids = (records: readonly StoredRecord[]) => records.map(({ id }) => id);

describe('what is open', () => {
  it('shows each record once, in the most urgent group that it belongs to', () => {
    const post = stuck('post', 'attempt-failed');
    const malware = sampleCertificate(
      'malware',
      sampleState(answered('rejected', '101', true), { since: '2026-11-23T12:00:00Z' }),
    );
    const rejected = sampleCertificate('rejected', sampleState(answered('rejected', '202')));
    const informed = sampleCertificate(
      'informed',
      sampleState(answered('informed', '100'), { since: '2026-11-20T09:00:00Z' }),
    );
    const failed = stuck('failed', 'signing-failed');
    const held = issued('held');
    const ready = issued('ready');
    const owed = [post, informed, rejected, malware, failed, held, ready];
    const tasks = tasksOf({
      ...empty,
      owed,
      postToday: [post],
      needsAction: [informed, rejected, malware],
      setBack: [post, failed],
      heldBack: [held],
    });
    expect(ids(tasks.post)).toEqual(['post']);
    expect(ids(tasks.act)).toEqual(['malware', 'rejected', 'informed']);
    expect(ids(tasks.setBack)).toEqual(['failed']);
    expect(ids(tasks.heldBack)).toEqual(['held']);
    expect(ids(tasks.ready)).toEqual(['ready']);
    expect(ids(tasks.awaiting)).toEqual([]);
    const shown = [tasks.post, tasks.act, tasks.overdue, tasks.setBack, tasks.heldBack, tasks.ready, tasks.awaiting];
    expect(ids(shown.flat()).toSorted()).toEqual(ids(owed).toSorted());
  });

  it('puts what has waited longest first', () => {
    const late = issued('late', '2026-11-23T09:00:00Z');
    const early = issued('early', '2026-11-20T09:00:00Z');
    expect(ids(tasksOf({ ...empty, owed: [late, early] }).ready)).toEqual(['early', 'late']);
  });

  it('lets the outage explain a failure, but not a missing address', () => {
    const failed = stuck('failed', 'attempt-failed');
    const nowhere = stuck('nowhere', 'no-recipient');
    const both = [failed, nowhere];
    const tasks = tasksOf({ ...empty, owed: both, setBack: both, heldBack: both });
    expect(ids(tasks.setBack)).toEqual(['nowhere']);
    expect(ids(tasks.heldBack)).toEqual(['failed']);
  });

  it('counts for «send all» what is ready and not held back, wherever it is shown', () => {
    const post = issued('post');
    const heldPost = issued('held-post');
    const failed = stuck('failed', 'attempt-failed');
    const ready = issued('ready');
    const rejected = sampleCertificate('rejected', sampleState(answered('rejected', '202')));
    const agenda = {
      ...empty,
      owed: [post, heldPost, failed, ready, rejected],
      postToday: [post, heldPost, rejected],
      setBack: [failed],
      heldBack: [heldPost],
    };
    expect(ids(sendable(tasksOf(agenda), agenda)).toSorted()).toEqual(['failed', 'post', 'ready']);
  });
});

describe('the one next step (P5-04)', () => {
  const step = (code: string) => {
    const stage = answered(code === '100' ? 'informed' : 'rejected', code);
    return stepOf(sampleCertificate('c', sampleState(stage)))?.kind;
  };
  it.each([
    ['100', 'correct'],
    ['101', 'next-step'],
    ['201', 'next-step'],
    ['307', 'next-step'],
    ['999', 'look'],
  ])('P5-04: error %s asks for %s', (code, kind) => {
    expect(step(code)).toBe(kind);
  });
  it('P5-04: every code has a step', () => {
    expect(insurerErrorCodes.filter((code) => step(code) === undefined)).toEqual([]);
  });
  it('P5-04: 105 leads to the certificate that the cancellation was for', () => {
    const cancellation = sampleCancellation('s', sampleState(answered('rejected', '105')));
    expect(stepOf(cancellation)).toEqual({ kind: 'look', recordId: 'cancelled-certificate' });
  });
  it('sends what is ready and leaves alone what waits for its receipt', () => {
    expect(stepOf(issued('c'))).toEqual({ kind: 'send' });
    const delivered = { stage: 'delivered', document: sampleDocument, deliveredAt: '2026-11-23T09:00:00Z' } as const;
    expect(stepOf(sampleCertificate('c', sampleState(delivered)))).toBeNull();
  });
});

describe('what the words are about', () => {
  it('names the insurer’s error before anything else, then the missing receipt', () => {
    const rejected = sampleCertificate(
      'c',
      sampleState(answered('rejected', '101'), { setback: setback('kim-error') }),
    );
    expect(reasonOf(rejected, true)).toBe('insurer-error');
    expect(reasonOf(issued('c'), true)).toBe('no-receipt');
    expect(reasonOf(stuck('c', 'no-recipient'), false)).toBe('no-recipient');
    expect(reasonOf(stuck('c', 'kim-error'), false)).toBe('setback');
    expect(reasonOf(issued('c'), false)).toBe('unsent');
  });
  it('P6-05: asks for paper only where a KK copy is still to be handed out or posted', () => {
    expect(hasPaperToDo(issued('c'))).toBe(true);
    expect(hasPaperToDo(sampleCertificate('c', sampleState({ stage: 'issued' }, { paper: 'given' })))).toBe(false);
    expect(hasPaperToDo(sampleCertificate('c', sampleState(answered('informed', '100'))))).toBe(false);
    expect(hasPaperToDo(sampleCancellation('s', sampleState({ stage: 'issued' })))).toBe(false);
  });
});

describe('results of a submission', () => {
  it('keeps the newest word on each record since the start', () => {
    const results = [
      { recordId: 'a', at: '2026-11-23T10:00:02Z', outcome: 'handed-over' as const, text: '' },
      { recordId: 'b', at: '2026-11-23T10:00:01Z', outcome: 'signed' as const, text: '' },
      { recordId: 'a', at: '2026-11-23T10:00:00Z', outcome: 'signed' as const, text: '' },
      { recordId: 'c', at: '2026-11-23T09:59:59Z', outcome: 'failed' as const, text: '' },
    ];
    expect(newestOfEach(results, '2026-11-23T10:00:00Z').map(({ recordId, outcome }) => [recordId, outcome])).toEqual([
      ['a', 'handed-over'],
      ['b', 'signed'],
    ]);
  });
});

describe('what the practice software made', () => {
  const imported = { fileName: 'TEAU0_x.xml', kind: 'xml', documentId: 'x', xmlSha256: 'y' } as const;
  it.each([
    ['rejected', '101'],
    ['rejected', '103'],
    ['informed', '100'],
  ] as const)('P5-04: after %s %s no new document of it is offered, only to look', (stage, code) => {
    const own = sampleCertificate('own', sampleState(answered(stage, code)));
    expect(stepOf(own)?.kind).not.toBe('look');
    const record = sampleCertificate('theirs', sampleState(answered(stage, code), { imported }));
    expect(stepOf(record)).toEqual({ kind: 'look', recordId: 'theirs' });
  });
});
