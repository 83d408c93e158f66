import { describe, expect, it } from 'vitest';
import type { EventDetail } from '../../../renderer/domain/event';
import type { StoredRecord } from '../../../renderer/domain/record';
import { stateOf } from '../../../renderer/domain/state';
import { payerIndex } from '../../../renderer/outbox/agenda';
import { outcomeOf, sharesByPayer } from '../../../renderer/outbox/report-shares';
import { reportedWay } from '../../../renderer/outbox/report-way';
import { exampleContent } from '../../support/content';
import { eventsOf, happened, soon } from '../../support/events';

const { recorded, issued, signed, attempting, handedOver, delivered, rejected, informed } = happened;
const sent = [recorded, issued, signed(), attempting('a'), handedOver('a')];
const given: EventDetail = { type: 'paper-given' };
const posted: EventDetail = { type: 'paper-posted' };
const cancelled: EventDetail = { type: 'cancelled', cancellationId: 'c' };
const corrected: EventDetail = { type: 'corrected', byCertificateId: 'new' };

/** A record after these events, and the events: a minute apart from 8:00 UTC. */
function after(...details: EventDetail[]) {
  const events = eventsOf(...details);
  const record: StoredRecord = {
    kind: 'certificate',
    id: 'one',
    createdAt: '2026-11-23T08:00:00.000Z',
    content: exampleContent(),
    corrects: null,
    coverageSource: 'typed',
    state: stateOf(events, soon),
  };
  return { record, events };
}

const ends: readonly (readonly [string, EventDetail[], ReturnType<typeof outcomeOf>, string])[] = [
  ['only issued', [recorded, issued], 'owed', 'not-yet'],
  ['handed over', sent, 'owed', 'not-yet'],
  ['delivered', [...sent, delivered()], 'delivered', 'digital'],
  ['delivered, paper given too', [...sent, given, delivered()], 'delivered', 'digital'],
  ['paper given, still to be sent', [recorded, issued, given], 'owed', 'given'],
  ['posted', [recorded, issued, posted], 'posted', 'posted'],
  ['rejected', [...sent, rejected('101')], 'owed', 'not-yet'],
  ['rejected and posted (P5-04)', [...sent, rejected('101'), posted], 'posted', 'posted'],
  ['person not insured there, paper given (code 100)', [...sent, informed(), given], 'settled', 'given'],
  ['delivered and cancelled', [...sent, delivered(), cancelled], 'settled', 'none'],
  ['handed over and cancelled', [...sent, cancelled], 'settled', 'none'],
  ['replaced by a correction', [recorded, issued, corrected], 'settled', 'none'],
  ['discarded', [recorded, issued, { type: 'discarded', reason: '' }], 'settled', 'none'],
  [
    'on paper only',
    [recorded, issued, { type: 'paper-only', rule: 'special-group', reason: '' }],
    'paperOnly',
    'not-yet',
  ],
];

describe('how a report counts a certificate', () => {
  it.each(ends)('%s', (_, details, outcome, way) => {
    const { record, events } = after(...details);
    expect(outcomeOf(record)).toBe(outcome);
    expect(reportedWay(record, events).kind).toBe(way);
  });
  it('each once: the shares add up to what was recorded', () => {
    const records = ends.map(([, details]) => after(...details).record);
    const [share] = sharesByPayer(records, payerIndex([]));
    if (share === undefined) throw new Error('no share');
    const { delivered, paperOnly, posted, settled, owed } = share;
    expect(delivered + paperOnly + posted + settled + owed).toBe(share.recorded);
    expect(share.recorded).toBe(ends.length);
  });
  it('names the receipt of this document, or when the paper was noted', () => {
    const digital = after(...sent, delivered());
    expect(reportedWay(digital.record, digital.events).reached?.detail.type).toBe('delivered');
    const onPaper = after(recorded, issued, posted);
    expect(reportedWay(onPaper.record, onPaper.events).reached?.at).toBe('2026-11-23T08:02:00.000Z');
    const waiting = after(...sent);
    expect(reportedWay(waiting.record, waiting.events)).toMatchObject({ reached: null, delivered: null });
    expect(reportedWay(waiting.record, waiting.events).handedOver).not.toBeNull();
  });
});
