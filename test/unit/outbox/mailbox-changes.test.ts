import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiptMail } from '../../../build/chaos/answer-mail';
import type { CollectedMail } from '../../../electron/contract/contract';
import type { Attempt } from '../../../renderer/domain/state';
import { toBase64 } from '../../../renderer/outbox/bytes';
import type { Office } from '../../../renderer/outbox/office';
import { days, openPractice, type TestPractice } from '../../support/practice';

// The mailbox as servers really treat it: restarts, ids that change, mailboxes that are made anew. A small POP3 server's answers, by hand.

let practice: TestPractice;
/** What lies in the mailbox, in order. */
let mailbox: { uid: string; raw: Uint8Array }[] = [];
/** Every id that was fetched, in order. */
const fetched: string[] = [];

const headerOf = (raw: Uint8Array) => {
  const text = new TextDecoder('latin1').decode(raw);
  return toBase64(raw.slice(0, text.indexOf('\r\n\r\n') + 4));
};

beforeAll(async () => {
  practice = await openPractice((host) => ({
    ...host,
    mail: {
      ...host.mail,
      submit: () => Promise.resolve({ kind: 'accepted', response: '250 ok' }),
      collect: ({ knownUids, witnessUids = [] }) => {
        const there = mailbox.find(({ uid }) => witnessUids.includes(uid));
        const messages = mailbox
          .filter(({ uid }) => !knownUids.includes(uid))
          .map(({ uid, raw }): CollectedMail => ({ uid, header: headerOf(raw), raw: toBase64(raw) }));
        fetched.push(...messages.map(({ uid }) => uid));
        const witness = there === undefined ? null : { uid: there.uid, header: headerOf(there.raw) };
        return Promise.resolve({ kind: 'ok', value: { messages, more: false, witness } });
      },
    },
  }));
});
afterAll(() => practice.stop());

async function handedOver(patient: number): Promise<{ id: string; attempt: Attempt }> {
  const record = await practice.issue(practice.content(patient));
  await practice.office.submit([record.id]);
  const state = (await practice.office.store.records.get(record.id))?.state;
  const attempt = state?.attempts[0];
  if (attempt === undefined) throw new Error(`It is ${String(state?.stage)}.`);
  return { id: record.id, attempt };
}
const receiptFor = ({ documentId, address }: Attempt, id: string) =>
  receiptMail({ documentId, recipient: address, action: 'delivered', id });
const stageOf = async (id: string, office: Office = practice.office) =>
  (await office.store.records.get(id))?.state.stage;
const look = async (office: Office = practice.office) => {
  fetched.length = 0;
  expect((await office.collect()).kind).toBe('done');
  return [...fetched];
};

describe('each message is read once, and every message is read (P5-04)', () => {
  it('after a restart, and with the clock set back, nothing is fetched again', async () => {
    const { id, attempt } = await handedOver(0);
    mailbox = [{ uid: '1', raw: receiptFor(attempt, 'one') }];
    expect(await look()).toEqual(['1']);
    expect(await stageOf(id)).toBe('delivered');
    expect(await look()).toEqual([]);
    practice.clock.move(-3 * days);
    expect(await look()).toEqual([]);
    expect(await look(await practice.restart())).toEqual([]);
    practice.clock.move(3 * days);
  });

  it('the server gives all ids anew: everything is fetched again, and counts once', async () => {
    const events = (await practice.office.store.records.chain()).length;
    mailbox = mailbox.map(({ raw }) => ({ uid: 'renamed-1', raw }));
    expect(await look()).toEqual(['renamed-1']);
    expect((await practice.office.store.records.chain()).length).toBe(events);
    expect(await look()).toEqual([]);
  });

  it('the mailbox is made anew with the same ids: its messages are read, though their ids are known', async () => {
    const { id, attempt } = await handedOver(1);
    mailbox = [{ uid: '1', raw: receiptFor(attempt, 'two') }];
    expect(await look()).toEqual(['1']);
    expect(await stageOf(id)).toBe('delivered');
    // Both are kept, and neither is read again.
    const kept = (await practice.office.store.mails()).map(({ uid }) => uid).sort();
    expect(kept).toEqual(['1', '2 1', 'renamed-1']);
    expect(await look()).toEqual([]);
    expect(await look(await practice.restart())).toEqual([]);
  });

  it('and once more, with an answer about the same certificate under the same id', async () => {
    const { id, attempt } = await handedOver(2);
    const delayed = receiptMail({ ...attempt, recipient: attempt.address, action: 'delayed', id: 'three' });
    mailbox = [{ uid: '1', raw: delayed }];
    expect(await look()).toEqual(['1']);
    expect(await stageOf(id)).toBe('handed-over');
    mailbox = [{ uid: '1', raw: receiptFor(attempt, 'four') }];
    expect(await look()).toEqual(['1']);
    expect(await stageOf(id)).toBe('delivered');
  });

  it('messages that others have taken away are no new mailbox', async () => {
    const { id, attempt } = await handedOver(3);
    mailbox = [
      { uid: '7', raw: receiptFor(attempt, 'five') },
      { uid: '8', raw: receiptFor(attempt, 'six') },
    ];
    expect(await look()).toEqual(['7', '8']);
    mailbox = mailbox.slice(1);
    expect(await look()).toEqual([]);
    mailbox = [];
    expect(await look()).toEqual([]);
    expect(await stageOf(id)).toBe('delivered');
  });

  it('what is remembered of the mailbox says nothing about anybody', async () => {
    const { store } = practice.office;
    expect(await store.noticing.stamp()).not.toMatch(/one@kim\.test|MAILER-DAEMON/);
  });
});
