import { describe, expect, it } from 'vitest';
import { cancellationStep, notesOnCertificate } from '../../../renderer/domain/cancelling';
import type { EventDetail } from '../../../renderer/domain/event';
import { applyEvents, initialState, stateAt, type RecordState } from '../../../renderer/domain/state';
import { recordStateSchema } from '../../../renderer/domain/state-schema';
import { eventsOf } from '../../support/events';

const documentId = '3f0c8a52-9d11-5b7e-8a44-0c1d2e3f4a5b';
const signed: EventDetail = {
  ...{ type: 'signed', documentId, number: 1, xmlSha256: 'aa', signedSha256: 'bb' },
  signer: { card: 'HBA', commonName: 'Anna', reason: null },
};
const attempting: EventDetail = {
  ...{ type: 'attempting', attemptId: 'a1', documentId, messageId: '<m>' },
  recipient: { payerIk: '100000001', address: 'eau@kasse' },
};
const handedOver: EventDetail = { type: 'handed-over', attemptId: 'a1', response: '250' };
const delivered: EventDetail = { type: 'delivered', documentId, messageId: 'uid' };
const rejectedWith = (code: string): EventDetail => ({
  ...{ type: 'rejected', documentId, malware: false },
  error: { code, display: 'Titel', detail: null, messageId: 'uid' },
});
const issued: EventDetail[] = [{ type: 'recorded' }, { type: 'issued', byHand: false }];
const sentAndDelivered = [...issued, signed, attempting, handedOver, delivered];

const follow = (state: RecordState, ...details: EventDetail[]) => applyEvents(state, eventsOf(...details));

/** Both records side by side, as one write keeps them: every event of the cancellation is noted on the certificate. */
function cancelling(certificate: RecordState, ...steps: EventDetail[]) {
  let [state, cancellation] = [certificate, initialState];
  const noted: EventDetail[] = [];
  for (const step of steps) {
    cancellation = follow(cancellation, step);
    const notes = notesOnCertificate(state, { id: 'c', state: cancellation });
    noted.push(...notes);
    state = follow(state, ...notes);
  }
  return { certificate: state, cancellation, noted };
}

const certificate = follow(initialState, ...sentAndDelivered);

describe('a certificate tells how far its cancellation has come (P310-10 to P310-12)', () => {
  it('requested, handed over, effective: each is told once', () => {
    const steps = [...issued, signed, attempting, handedOver];
    expect(cancelling(certificate, ...issued).certificate).toMatchObject({ stage: 'cancelled', progress: 'requested' });
    expect(cancelling(certificate, ...steps).certificate).toMatchObject({ progress: 'handed-over' });
    const { certificate: end, noted } = cancelling(certificate, ...steps, delivered);
    expect(end).toMatchObject({ stage: 'cancelled', progress: 'effective', cancellationId: 'c' });
    expect(noted.map((note) => ('to' in note ? note.to : note.type))).toEqual([
      'cancelled',
      'handed-over',
      'effective',
    ]);
  });

  it.each(['102', '104', '105', '203', '304', '999'])('rejected with %s: it is not cancelled', (code) => {
    const sent = [...issued, signed, attempting, handedOver, delivered];
    const { certificate: end } = cancelling(certificate, ...sent, rejectedWith(code));
    expect(end).toMatchObject({
      stage: 'delivered',
      document: { documentId },
      refusedCancellation: { cancellationId: 'c', code, display: 'Titel' },
    });
  });

  it('rejected, and sent once more after that: it is being cancelled again', () => {
    const again: EventDetail[] = [
      { type: 'resend-requested', reason: '' },
      { ...attempting, attemptId: 'a2' },
    ];
    const { certificate: end } = cancelling(
      certificate,
      ...[...issued, signed, attempting, handedOver, rejectedWith('304'), ...again],
      ...[{ type: 'handed-over', attemptId: 'a2', response: '250' } as const, delivered],
    );
    expect(end).toMatchObject({ stage: 'cancelled', progress: 'effective', refusedCancellation: null });
  });

  it('sending the same bytes once more takes nothing back', () => {
    const sent = [...issued, signed, attempting, handedOver, delivered];
    const { certificate: end, noted } = cancelling(certificate, ...sent, { type: 'resend-requested', reason: '' });
    expect(end).toMatchObject({ progress: 'effective' });
    expect(noted).toHaveLength(3);
  });

  it('what did not arrive is not handed over', () => {
    const failed: EventDetail = { type: 'delivery-failed', documentId, messageId: 'u', status: '5.1.1', text: '' };
    const { certificate: end } = cancelling(certificate, ...issued, signed, attempting, handedOver, failed);
    expect(end).toMatchObject({ stage: 'cancelled', progress: 'requested' });
  });

  it('a cancellation that is discarded before it was signed leaves the certificate as it was', () => {
    const { certificate: end } = cancelling(certificate, ...issued, { type: 'discarded', reason: 'Versehen' });
    expect(end).toEqual({ ...certificate, refusedCancellation: null });
  });

  it('answers to the certificate itself still count: its own error comes first when the cancellation gets 105', () => {
    const requested = cancelling(certificate, ...issued);
    const rejected = follow(requested.certificate, rejectedWith('101'));
    expect(rejected).toMatchObject({ stage: 'cancelled', progress: 'requested', before: { stage: 'rejected' } });
    const sent = follow(requested.cancellation, signed, attempting, handedOver, rejectedWith('105'));
    const end = follow(rejected, ...notesOnCertificate(rejected, { id: 'c', state: sent }));
    expect(end).toMatchObject({ stage: 'rejected', error: { code: '101' }, refusedCancellation: { code: '105' } });
  });

  it('paper handed out meanwhile is not forgotten, and time closes what stands again', () => {
    const requested = follow(cancelling(certificate, ...issued).certificate, { type: 'paper-given' });
    const rejected: RecordState = follow(initialState, ...issued, signed, attempting, handedOver, rejectedWith('102'));
    const end = follow(requested, ...notesOnCertificate(requested, { id: 'c', state: rejected }));
    expect(end).toMatchObject({ stage: 'delivered', paper: 'given' });
    expect(stateAt(end, new Date('2027-01-31T08:00:00Z')).stage).toBe('closed');
  });

  it('another cancellation than the one it knows has no say', () => {
    const { certificate: known } = cancelling(certificate, ...issued);
    expect(notesOnCertificate(known, { id: 'other', state: follow(initialState, ...sentAndDelivered) })).toEqual([]);
    const moved = {
      type: 'cancellation-moved',
      cancellationId: 'other',
      to: 'rejected',
      code: '',
      display: '',
    } as const;
    expect(follow(known, moved)).toEqual(known);
  });

  it('a certificate that missed the beginning is told all of it', () => {
    const state = follow(initialState, ...sentAndDelivered);
    const notes = notesOnCertificate(certificate, { id: 'c', state });
    expect(follow(certificate, ...notes)).toMatchObject({ stage: 'cancelled', progress: 'effective' });
    expect(cancellationStep(state)).toBe('effective');
  });

  it('is read back from where it is kept as it was', () => {
    for (const state of [cancelling(certificate, ...issued).certificate, certificate])
      expect(applyEvents(recordStateSchema.parse(state), [])).toMatchObject({ stage: state.stage });
    const old = { ...certificate, stage: 'cancelled', cancellationId: 'c' };
    expect(recordStateSchema.parse(old)).toMatchObject({ before: null, progress: 'requested' });
  });
});
