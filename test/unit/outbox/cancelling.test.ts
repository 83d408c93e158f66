import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { refusedCancellationOf } from '../../../renderer/app/certificates/cancellation-notice';
import { stateWords } from '../../../renderer/app/certificates/record-words';
import { createWording } from '../../../renderer/app/parts/texts-context';
import { createTexts } from '../../../renderer/texts';
import { stepOf } from '../../../renderer/app/owed/tasks';
import { openPractice, type TestPractice } from '../../support/practice';

// Cancelling against the rehearsal world's insurers.

let practice: TestPractice;
beforeAll(async () => {
  practice = await openPractice();
});
afterEach(() => practice.break({}));
afterAll(() => practice.stop());

/** A certificate that was delivered. */
async function delivered(patient = 0) {
  const { office } = practice;
  const { id } = await practice.issue(practice.content(patient));
  await office.submit();
  await practice.answered(id, 'handed-over');
  return id;
}

async function recordOf(id: string) {
  const record = await practice.office.store.records.get(id);
  if (record === null) throw new Error(id);
  return record;
}

async function cancellationsOf(id: string) {
  const all = await practice.office.store.records.list();
  return all.filter((record) => record.kind === 'cancellation' && record.certificateId === id);
}

/** Cancels a delivered certificate whose insurer answers the cancellation with this code. */
async function rejectedCancellation(code: string, patient: number) {
  const { office } = practice;
  const id = await delivered(patient);
  const payerIk = practice.content(patient).coverage.payerIk ?? '';
  await practice.break({ insurerErrors: [{ payerIk, code, count: 1 }] });
  await office.cancel(id);
  const [cancellation] = await cancellationsOf(id);
  await office.submit();
  await practice.answered(cancellation?.id ?? '', 'handed-over', 'delivered');
  await practice.break({});
  return { id, cancellationId: cancellation?.id ?? '' };
}

const german = createWording('de', createTexts('de'));

const isRequest = (value: unknown): value is IDBRequest<IDBValidKey> => value instanceof IDBRequest;

/** Lets the database fail at the put number so and so into a table, as a full disk does. Returns how to stop. */
function failAtPut(table: string, number: number): () => void {
  const put: unknown = Reflect.get(IDBObjectStore.prototype, 'put');
  if (typeof put !== 'function') throw new Error('There is no put.');
  let puts = 0;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
    if (this.name === table) puts += 1;
    if (this.name === table && puts === number) throw new DOMException('Injected.', 'UnknownError');
    const request: unknown = Reflect.apply(put, this, given);
    if (!isRequest(request)) throw new Error('Nothing was put.');
    return request;
  });
  return () => spy.mockRestore();
}

describe('a cancellation on its way (P310-10 … 12)', () => {
  it('is told on the certificate: recorded, handed over, effective', async () => {
    const { office } = practice;
    const unsent = await practice.issue();
    expect(await office.cancel(unsent.id)).toMatchObject({ kind: 'refused', rule: 'not-sent' });
    const id = await delivered();
    expect(await office.cancel(id)).toMatchObject({
      kind: 'written',
      record: { id, state: { stage: 'cancelled', progress: 'requested' } },
    });
    expect(await office.cancel(id)).toMatchObject({ kind: 'refused', rule: 'already-cancelled' });
    expect(stateWords(await recordOf(id), german)).toBe('Storno erfasst');
    await practice.break({ pop3: 'down' });
    await office.submit();
    expect((await recordOf(id)).state).toMatchObject({ stage: 'cancelled', progress: 'handed-over' });
    expect(stateWords(await recordOf(id), german)).toBe('Storno übergeben');
    await practice.break({});
    const [cancellation] = await cancellationsOf(id);
    expect((await practice.answered(cancellation?.id ?? '', 'handed-over')).state.stage).toBe('delivered');
    expect((await recordOf(id)).state).toMatchObject({ stage: 'cancelled', progress: 'effective' });
    expect(stateWords(await recordOf(id), german)).toBe('storniert');
    expect(await office.store.checkChain('start')).toMatchObject({ kind: 'held' });
  });

  it.each(['102', '203', '304'])(
    'rejected with %s: the certificate is not cancelled, and the next step cancels it (P5-04)',
    async (code) => {
      const { office } = practice;
      const { id, cancellationId } = await rejectedCancellation(code, 1);
      const certificate = await recordOf(id);
      expect(certificate.state).toMatchObject({
        stage: 'delivered',
        refusedCancellation: { cancellationId, code },
      });
      expect(stateWords(certificate, german)).toBe('Storno abgewiesen');
      const view = refusedCancellationOf(certificate, await office.store.records.list());
      if (view?.kind !== 'still-valid') throw new Error(view?.kind);
      expect(stepOf(view.cancellation)).toMatchObject({ kind: 'next-step' });
      expect((await office.agenda()).needsAction.map((record) => record.id)).toContain(cancellationId);
      expect(await office.cancel(id)).toMatchObject({ kind: 'refused', rule: 'cancellation-rejected' });
      expect(await office.takeNextStep(cancellationId)).toMatchObject({ kind: 'done', handedOver: 1 });
      await practice.answered(cancellationId, 'handed-over');
      expect((await recordOf(id)).state).toMatchObject({
        stage: 'cancelled',
        progress: 'effective',
        refusedCancellation: null,
      });
    },
  );

  it('105: there is nothing to cancel, and nothing of it stays owed', async () => {
    const { office } = practice;
    const { id, cancellationId } = await rejectedCancellation('105', 2);
    expect((await recordOf(id)).state).toMatchObject({ refusedCancellation: { code: '105' } });
    expect(refusedCancellationOf(await recordOf(id), await office.store.records.list())).toMatchObject({
      kind: 'nothing-to-cancel',
      isKnown: false,
    });
    expect((await office.agenda()).owed.map((record) => record.id)).not.toContain(cancellationId);
  });

  it('taken back before it was signed: the certificate is as it was, and may be cancelled again', async () => {
    const { office } = practice;
    const id = await delivered(3);
    await office.cancel(id);
    const [cancellation] = await cancellationsOf(id);
    expect(await office.discard(cancellation?.id ?? '', 'Versehen')).toMatchObject({ kind: 'written' });
    expect((await recordOf(id)).state).toMatchObject({ stage: 'delivered', refusedCancellation: null });
    expect(await office.cancellation(id)).toMatchObject({ kind: 'allowed' });
  });
});

describe('recording a cancellation is one write', () => {
  // The rows of the cancellation come first, the certificate's last.
  it.each([
    ['records', 2],
    ['events', 3],
  ])(
    'a failure while writing the certificate’s %s leaves neither half, and it is recorded once',
    async (table, put) => {
      const { office } = practice;
      const id = await delivered(4);
      const before = await office.store.records.events(id);
      const stop = failAtPut(table, put);
      const failed = await office.cancel(id);
      stop();
      expect(failed).toMatchObject({ kind: 'storage-failed' });
      expect(await cancellationsOf(id)).toEqual([]);
      expect(await office.store.records.events(id)).toEqual(before);
      expect((await recordOf(id)).state.stage).toBe('delivered');
      expect(await office.cancel(id)).toMatchObject({ kind: 'written' });
      expect(await office.cancel(id)).toMatchObject({ kind: 'refused', rule: 'already-cancelled' });
      expect(await cancellationsOf(id)).toHaveLength(1);
    },
  );

  it('two windows that cancel at once record one cancellation', async () => {
    const { office } = practice;
    const other = await practice.restart();
    const id = await delivered(5);
    const both = await Promise.all([office.cancel(id), other.cancel(id)]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['conflict', 'written']);
    expect(await cancellationsOf(id)).toHaveLength(1);
  });
});
