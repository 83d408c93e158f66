import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventDetail } from '../../../renderer/domain/event';
import { closedAfterDays, documentOf, stateOf } from '../../../renderer/domain/state';
import { documentId, eventsOf, happened, soon } from '../../support/events';

const { recorded, issued, signed, attempting, handedOver, delivered } = happened;
const sent: EventDetail[] = [recorded, issued, signed(), attempting('a'), handedOver('a')];
const stageAfter = (...details: EventDetail[]) => stateOf(eventsOf(...details), soon).stage;

describe('the way of a certificate', () => {
  it('recorded → issued → signed → attempting → handed over → delivered → closed', () => {
    const way: EventDetail[] = [...sent, delivered()];
    expect(way.map((_, index) => stageAfter(...way.slice(0, index + 1)))).toEqual([
      'recorded',
      'issued',
      'signed',
      'attempting',
      'handed-over',
      'delivered',
    ]);
    const deliveredAt = eventsOf(...way).at(-1)?.at ?? '';
    const closesAt = new Date(deliveredAt).getTime() + closedAfterDays * 86_400_000;
    expect(stateOf(eventsOf(...way), new Date(closesAt - 1)).stage).toBe('delivered');
    expect(stateOf(eventsOf(...way), new Date(closesAt)).stage).toBe('closed');
  });

  it('an attempt without an answer is unknown, and its late receipt delivers it', () => {
    const way: EventDetail[] = [recorded, issued, signed(), attempting('a'), happened.unknown('a')];
    expect(stageAfter(...way)).toBe('unknown');
    expect(stageAfter(...way, delivered())).toBe('delivered');
  });

  it('the outcome of an older attempt does not close a newer one', () => {
    const way: EventDetail[] = [recorded, issued, signed(), attempting('a'), happened.unknown('a'), attempting('b')];
    expect(stageAfter(...way, handedOver('a'))).toBe('attempting');
    expect(stageAfter(...way, handedOver('b'))).toBe('handed-over');
  });

  it('a receipt that overtakes the outcome of handing over stays', () => {
    expect(stageAfter(recorded, issued, signed(), attempting('a'), delivered(), handedOver('a'))).toBe('delivered');
  });

  it('a refusal leaves the same signed bytes owed, with the reason', () => {
    const state = stateOf(eventsOf(recorded, issued, signed(), attempting('a'), happened.failed('a')), soon);
    expect(state.stage).toBe('signed');
    expect(state.setback).toMatchObject({ kind: 'attempt-failed', code: '451', temporary: true });
  });

  it('a failed delivery after handing over is owed again; after the receipt it changes nothing', () => {
    expect(stageAfter(...sent, happened.bounced())).toBe('signed');
    expect(stageAfter(...sent, delivered(), happened.bounced())).toBe('delivered');
  });

  it('an insurer error counts days after the receipt too, and outweighs one that comes later', () => {
    expect(stageAfter(...sent, delivered(), happened.rejected('101'))).toBe('rejected');
    expect(stageAfter(...sent, happened.rejected('101'), delivered())).toBe('rejected');
    expect(stageAfter(...sent, delivered(), happened.informed())).toBe('informed');
    const late = eventsOf(...sent, delivered(), happened.rejected('201'));
    expect(stateOf(late, new Date('2027-01-01T00:00:00Z')).stage).toBe('rejected');
  });

  it('answers about a document that was replaced change nothing', () => {
    const second = '11111111-74d5-5a5a-9a8a-0c7f7a1f5b11';
    const way: EventDetail[] = [...sent, happened.rejected('101'), signed(second, 2)];
    expect(stageAfter(...way, delivered(documentId))).toBe('signed');
    expect(stageAfter(...way, happened.rejected('101', documentId))).toBe('signed');
    expect(stageAfter(...way, attempting('b', second), handedOver('b'), delivered(second))).toBe('delivered');
  });

  it('what is true beside the stage survives every later stage', () => {
    const way: EventDetail[] = [
      recorded,
      issued,
      { type: 'printed', copies: ['KK', 'AG'], printer: 'folder', reprint: false },
      { type: 'paper-given' },
      ...sent.slice(2),
      delivered(),
    ];
    expect(stateOf(eventsOf(...way), soon)).toMatchObject({
      stage: 'delivered',
      paper: 'given',
      printed: ['KK', 'AG'],
      attempts: [{ attemptId: 'a' }],
    });
  });

  it('once signed, no sequence of answers and attempts ever loses the document (property)', () => {
    const later: fc.Arbitrary<EventDetail> = fc.oneof(
      fc
        .constantFrom('a', 'b', 'c')
        .chain((id) =>
          fc.constantFrom<EventDetail>(attempting(id), handedOver(id), happened.unknown(id), happened.failed(id)),
        ),
      fc.constantFrom<EventDetail>(
        delivered(),
        happened.bounced(),
        happened.rejected('307'),
        happened.informed(),
        { type: 'resend-requested', reason: '' },
        { type: 'paper-posted' },
      ),
    );
    fc.assert(
      fc.property(fc.array(later, { maxLength: 30 }), (more) => {
        const state = stateOf(eventsOf(recorded, issued, signed(), ...more), soon);
        expect(documentOf(state)?.documentId).toBe(documentId);
        expect(state.attempts).toHaveLength(more.filter(({ type }) => type === 'attempting').length);
      }),
      { numRuns: 300 },
    );
  });
});
