import { describe, expect, it } from 'vitest';
import type { EventDetail } from '../../../../renderer/domain/event';
import type { Outage } from '../../../../renderer/domain/outage';
import type { StoredRecord } from '../../../../renderer/domain/record';
import { stateOf } from '../../../../renderer/domain/state';
import { payerIndex } from '../../../../renderer/outbox/agenda';
import { courseOf, sampleCourse } from '../../../../renderer/app/outages/course';
import {
  figuresOf,
  open,
  recordsHeldUp,
  shareDone,
  standingByPayer,
} from '../../../../renderer/app/outages/restoration';
import { exampleContent } from '../../../support/content';
import { eventsOf, happened, soon } from '../../../support/events';

const { recorded, issued, signed, attempting, handedOver, delivered, failed, rejected } = happened;
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

/** Each event a minute after the one before, from 8:00 UTC: issued at 8:01, attempting at 8:03, delivered at 8:05. */
function record(id: string, ...details: EventDetail[]): StoredRecord {
  return {
    kind: 'certificate',
    id,
    createdAt: '2026-11-23T08:00:00.000Z',
    content: exampleContent(),
    corrects: null,
    coverageSource: 'typed',
    state: stateOf(eventsOf(recorded, ...details), soon),
  };
}

const outage = (startedAt: string, endedAt: string | null, scope: Outage['scope'] = { kind: 'all' }): Outage => ({
  id: 'outage',
  scope,
  reason: '',
  startedAt: `2026-11-23T${startedAt}:00.000Z`,
  declaredBy: 'AB',
  confirmedAt: null,
  endedAt: endedAt === null ? null : `2026-11-23T${endedAt}:00.000Z`,
});
const held = (records: StoredRecord[], of: Outage) => recordsHeldUp(of, records, payers).map(({ id }) => id);

const way = [issued, signed(), attempting('a'), handedOver('a'), delivered()];
const waiting = record('waiting', issued);
const isSigned = record('signed', issued, signed());
const isHandedOver = record('handed over', ...way.slice(0, 4));
const isDelivered = record('delivered', ...way);
const isRejected = record('rejected', ...way.slice(0, 4), rejected('101'));
const setBack = record('set back', issued, signed(), attempting('a'), failed('a'));
const all = [waiting, isSigned, isHandedOver, isDelivered, isRejected, setBack];

describe('what an outage held up', () => {
  it('is what was issued in it or before it, and not sent before it', () => {
    expect(held(all, outage('07:00', null))).toHaveLength(6);
    // From 8:04 on: the attempts at 8:03 came before; what failed then still waits.
    expect(held(all, outage('08:04', null))).toEqual(['waiting', 'signed', 'set back']);
  });
  it('is nothing issued after it ended, and nothing to insurers it did not concern', () => {
    expect(held(all, outage('07:00', '08:00'))).toEqual([]);
    expect(held(all, outage('07:00', null, { kind: 'provider', provider: 'gkv informatik' }))).toEqual([]);
    expect(held(all, outage('07:00', null, { kind: 'payer', payerIk: '109500970' }))).toHaveLength(6);
  });
  it('is no draft, nothing discarded, and nothing that goes on paper only', () => {
    const never = [
      record('draft'),
      record('discarded', issued, { type: 'discarded', reason: '' }),
      record('paper', issued, { type: 'paper-only', rule: 'special-group-07', reason: '' }),
    ];
    expect(held(never, outage('07:00', null))).toEqual([]);
  });
});

describe('the figures of a restoration', () => {
  it('count every record once', () => {
    const figures = figuresOf(all);
    expect(figures).toEqual({
      total: 6,
      waiting: 3,
      signed: 2,
      handedOver: 1,
      delivered: 1,
      toClarify: 1,
      settled: 0,
    });
    expect(open(figures)).toBe(4);
  });
  it('one that was corrected is owed no longer', () => {
    const corrected = record('old', issued, { type: 'corrected', byCertificateId: 'new' });
    expect(figuresOf([corrected])).toMatchObject({ total: 1, waiting: 0, settled: 1 });
  });
  it('the share done grows with every step and is 1 when all is delivered', () => {
    const steps = [waiting, isSigned, isHandedOver, isDelivered].map((one) => shareDone(figuresOf([one])));
    expect(steps).toEqual([0, 1 / 3, 2 / 3, 1]);
    expect(shareDone(figuresOf([]))).toBe(1);
  });
  it('by insurer: all IKs of one insurer are one line, with last receipt and newest setback', () => {
    const content = exampleContent();
    const other: StoredRecord = {
      ...waiting,
      id: 'other IK',
      content: { ...content, coverage: { ...content.coverage, payerIk: '109500970' } },
    };
    const ofFirst = all.map((one) => ({
      ...one,
      content: { ...content, coverage: { ...content.coverage, payerIk: '109500969' } },
    }));
    const lines = standingByPayer([...ofFirst, other], payers);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      name: 'Musterkasse',
      total: 7,
      lastReceiptAt: '2026-11-23T08:05:00.000Z',
      setback: { kind: 'attempt-failed', code: '451' },
    });
  });
});

describe('the course of an outage', () => {
  const from = new Date('2026-11-23T08:00:00Z');
  const until = new Date('2026-11-23T09:00:00Z');
  const minute = (number: number) => from.getTime() + number * 60_000;

  it('rises when a certificate is issued and falls with its receipt', () => {
    expect(courseOf([isDelivered, waiting], from, until)).toEqual([
      { at: minute(0), owed: 0, delivered: 0 },
      { at: minute(1), owed: 2, delivered: 0 },
      { at: minute(5), owed: 1, delivered: 1 },
      { at: minute(60), owed: 1, delivered: 1 },
    ]);
  });
  it('what was open before the outage began is owed from its first moment', () => {
    const later = new Date('2026-11-23T08:30:00Z');
    expect(courseOf([waiting], later, until)[0]).toEqual({ at: later.getTime(), owed: 1, delivered: 0 });
  });
  it('falls when nobody waits any more: cancelled, or replaced by a correction from its issuing on', () => {
    const cancelled: EventDetail = { type: 'cancelled', cancellationId: 'c' };
    const ends = (...records: StoredRecord[]) =>
      courseOf(records, from, until).map(({ at, ...rest }) => ({ at: (at - minute(0)) / 60_000, ...rest }));
    // Delivered at 8:05 and cancelled at 8:06: owed until its receipt, delivered until it was cancelled.
    expect(ends(record('cancelled', ...way, cancelled))).toEqual([
      { at: 0, owed: 0, delivered: 0 },
      { at: 1, owed: 1, delivered: 0 },
      { at: 5, owed: 0, delivered: 1 },
      { at: 6, owed: 0, delivered: 0 },
      { at: 60, owed: 0, delivered: 0 },
    ]);
    // Never delivered, cancelled at 8:05.
    expect(ends(record('cancelled', ...way.slice(0, 4), cancelled)).at(-2)).toEqual({ at: 5, owed: 0, delivered: 0 });
    const replaced = record('replaced', issued, { type: 'corrected', byCertificateId: 'new' });
    expect(ends(replaced, record('new', issued)).at(-1)).toEqual({ at: 60, owed: 1, delivered: 0 });
    expect(ends(replaced).at(-1)).toEqual({ at: 60, owed: 0, delivered: 0 });
  });
  it('P5-04: what was rejected is owed until its KK copy is posted', () => {
    expect(courseOf([isRejected], from, until).at(-1)).toMatchObject({ owed: 1 });
    const posted = record('posted', ...way.slice(0, 4), rejected('101'), { type: 'paper-posted' });
    expect(courseOf([posted], from, until).at(-1)).toMatchObject({ owed: 0, delivered: 0 });
  });
  it('as a table: first, last, and full steps of the clock in between', () => {
    const samples = sampleCourse(courseOf([isDelivered, waiting], from, until));
    expect(samples.map(({ at }) => (at - minute(0)) / 60_000)).toEqual([
      0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60,
    ]);
    expect(samples[1]).toMatchObject({ owed: 1, delivered: 1 });
  });
  it('as a table over several days: from midnight to midnight in Germany', () => {
    const days = sampleCourse(courseOf([waiting], from, new Date('2026-12-01T09:00:00Z')));
    expect(days[1]).toEqual({ at: new Date('2026-11-23T23:00:00Z').getTime(), owed: 1, delivered: 0 });
  });
  it('nothing to show is no table', () => {
    expect(sampleCourse([])).toEqual([]);
  });
});
