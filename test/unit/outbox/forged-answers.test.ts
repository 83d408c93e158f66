import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insurerErrorMail, kimErrorMail, receiptMail } from '../../../build/chaos/answer-mail';
import type { Attempt, StageName } from '../../../renderer/domain/state';
import { toBase64 } from '../../../renderer/outbox/bytes';
import { messageIdOf } from '../../../renderer/outbox/outgoing-mail';
import { minutes, openPractice, type TestPractice } from '../../support/practice';

// Answers that somebody else has made up, or that come once more, through the office's own collecting (P5-04).

let practice: TestPractice;
/** What lies in the mailbox beside what the world puts there. */
let forged: { uid: string; raw: Uint8Array }[] = [];
/** The world's own answers are kept back, so that certificates stay as they are. */
let isCutOff = false;
let uids = 0;

beforeAll(async () => {
  practice = await openPractice((host) => ({
    ...host,
    mail: {
      ...host.mail,
      collect: async (query) => {
        if (!isCutOff) return host.mail.collect(query);
        const messages = forged
          .filter(({ uid }) => !query.knownUids.includes(uid))
          .map(({ uid, raw }) => ({ uid, header: toBase64(raw.slice(0, 400)), raw: toBase64(raw) }));
        return { kind: 'ok', value: { messages, more: false, witness: null } };
      },
    },
  }));
  await practice.break({ providers: [{ provider: '', mode: 'vanish' }] });
});
afterAll(() => practice.stop());

/** Puts a mail into the mailbox and looks; tells what it was taken for. */
async function arrives(raw: Uint8Array): Promise<string | undefined> {
  uids += 1;
  const uid = `forged-${uids}`;
  isCutOff = true;
  forged = [{ uid, raw }];
  expect((await practice.office.collect()).kind).toBe('done');
  isCutOff = false;
  return (await practice.office.store.mails()).find((mail) => mail.uid === uid)?.status;
}

const stateOf = async (id: string) => (await practice.office.store.records.get(id))?.state;
const eventsOf = async (id: string) => (await practice.office.store.records.events(id)).length;

/** A certificate on its way, without an answer yet. */
async function handedOver(patient: number): Promise<{ id: string; attempt: Attempt }> {
  const record = await practice.issue(practice.content(patient));
  isCutOff = true;
  forged = [];
  await practice.office.submit([record.id]);
  isCutOff = false;
  const state = await stateOf(record.id);
  const attempt = state?.attempts[0];
  if (state?.stage !== 'handed-over' || attempt === undefined) throw new Error(`It is ${String(state?.stage)}.`);
  return { id: record.id, attempt };
}

const nobody = '99999999-9999-5999-8999-999999999999';
const id = () => crypto.randomUUID();
/** Another insurer of the world, by its true address. */
const otherInsurer = async (address: string) => {
  const { office, world } = practice;
  const found = await office.host.directory.find({
    connection: world.connections.directory,
    payerIks: world.payers.map(({ ik }) => ik),
  });
  const other = found.kind === 'ok' ? found.value.find((one) => one.address !== address) : undefined;
  if (other === undefined) throw new Error('The world has several insurers.');
  return other.address;
};

type Forgery = (attempt: Attempt) => Uint8Array | Promise<Uint8Array>;
const without = (raw: Uint8Array, header: RegExp) =>
  new TextEncoder().encode(new TextDecoder().decode(raw).replace(header, ''));
const kim =
  (sender: string): Forgery =>
  ({ documentId, messageId }) =>
    kimErrorMail({ documentId, messageId, code: '4008', sender });

const forgeries: Readonly<Record<string, Forgery>> = {
  'an insurer error without the KIM header': ({ documentId, address }) =>
    without(insurerErrorMail({ documentId, sender: address, code: '101', id: id() }), /^X-KIM-Dienstkennung.*\r\n/m),
  'an insurer error with another service’s header': ({ documentId, address }) =>
    new TextEncoder().encode(
      new TextDecoder()
        .decode(insurerErrorMail({ documentId, sender: address, code: '101', id: id() }))
        .replace('eAU;Fehler-Kasse', 'eAU;Lieferung'),
    ),
  'an insurer error from a stranger': ({ documentId }) =>
    insurerErrorMail({ documentId, sender: 'eau@evil.test', code: '101', id: id() }),
  'an insurer error from another insurer': async ({ documentId, address }) =>
    insurerErrorMail({ documentId, sender: await otherInsurer(address), code: '101', id: id() }),
  'an insurer error from a name like the insurer’s': ({ documentId, address }) =>
    insurerErrorMail({ documentId, sender: `"${address}" <eau@evil.test>`, code: '101', id: id() }),
  'an information (100) from another insurer': async ({ documentId, address }) =>
    insurerErrorMail({ documentId, sender: await otherInsurer(address), code: '100', id: id() }),
  'an insurer error about a document that nobody has': ({ address }) =>
    insurerErrorMail({ documentId: nobody, sender: address, code: '101', id: id() }),
  'a receipt about a document that nobody has': ({ address }) =>
    receiptMail({ documentId: nobody, recipient: address, action: 'delivered' }),
  'a receipt for another insurer’s mailbox': async ({ documentId, address }) =>
    receiptMail({ documentId, recipient: await otherInsurer(address), action: 'delivered' }),
  'a bounce from somebody we did not write to': ({ documentId }) =>
    receiptMail({ documentId, recipient: 'eau@evil.test', action: 'failed' }),
  'a receipt for a message never sent, by its Message-ID': ({ documentId, address }) =>
    without(
      receiptMail({ documentId, recipient: address, action: 'delivered', returned: messageIdOf(documentId, id()) }),
      /^Original-Envelope-Id.*\r\n/m,
    ),
  'a KIM notice without its header': (attempt) =>
    without(
      kimErrorMail({ ...attempt, code: '4008', sender: practice.world.connections.mail.address }),
      /^X-KIM-Fehlermeldung.*\r\n/m,
    ),
  'a KIM notice from a stranger': kim('mailer-daemon@evil.test'),
  'a KIM notice without a sender': kim(''),
  'a KIM notice from the insurer': ({ documentId, messageId, address }) =>
    kimErrorMail({ documentId, messageId, code: '4008', sender: address }),
  'a KIM notice from another practice at the same provider': kim('nachbar@uebung.kim.telematik'),
  'a KIM notice from another provider': kim('mailer-daemon@anderer.kim.telematik'),
  'a KIM notice from a domain that begins like the provider’s': kim('mailer-daemon@uebung.kim.telematik.evil.test'),
  'a KIM notice about a message never sent': ({ documentId }) =>
    kimErrorMail({
      documentId,
      messageId: messageIdOf(documentId, id()),
      code: '4008',
      sender: 'clientmodul@uebung.kim.telematik',
    }),
};

describe('a forged answer changes nothing and stays in the inbox (P5-04)', () => {
  let about: { id: string; attempt: Attempt };
  beforeAll(async () => {
    about = await handedOver(0);
  });

  it.each(Object.entries(forgeries))('%s', async (_name, forge) => {
    const before = [await stateOf(about.id), await eventsOf(about.id)];
    expect(await arrives(await forge(about.attempt))).toBe('unmatched');
    expect([await stateOf(about.id), await eventsOf(about.id)]).toEqual(before);
  });

  it('and the true one that comes after them is believed', async () => {
    const { documentId, messageId, address } = about.attempt;
    const sender = 'clientmodul@uebung.kim.telematik';
    expect(await arrives(kimErrorMail({ documentId, messageId, code: '4008', sender }))).toBe('matched');
    expect(await stateOf(about.id)).toMatchObject({ stage: 'signed', setback: { kind: 'kim-error', code: '4008' } });
    expect(await arrives(receiptMail({ documentId, recipient: address, action: 'delivered' }))).toBe('matched');
    expect((await stateOf(about.id))?.stage).toBe('delivered');
  });

  it('a receipt for a document that was signed and never sent', async () => {
    const recipient = await otherInsurer('');
    await practice.break({ directory: 'down' });
    // An insurer whose address isn't known yet.
    const record = await practice.issue(practice.content(7));
    await practice.office.submit([record.id]);
    const state = await stateOf(record.id);
    if (state?.stage !== 'signed') throw new Error(`It is ${String(state?.stage)}.`);
    expect(state.attempts).toEqual([]);
    const { documentId } = state.document;
    expect(await arrives(receiptMail({ documentId, recipient, action: 'delivered' }))).toBe('unmatched');
    expect((await stateOf(record.id))?.stage).toBe('signed');
    await practice.break({ providers: [{ provider: '', mode: 'vanish' }] });
  });
});

describe('an answer that comes once more changes nothing', () => {
  const stages = async (record: string, ...mails: Uint8Array[]) => {
    const seen: (StageName | undefined)[] = [];
    for (const mail of mails) {
      expect(await arrives(mail)).toBe('matched');
      seen.push((await stateOf(record))?.stage);
    }
    return seen;
  };

  it('a receipt under another uid, as from a mailbox that was made anew: kept, and no second event', async () => {
    const { id: record, attempt } = await handedOver(1);
    const { documentId, address: recipient } = attempt;
    const receipt = receiptMail({ documentId, recipient, action: 'delivered', id: 'receipt-1' });
    expect(await stages(record, receipt)).toEqual(['delivered']);
    const events = await eventsOf(record);
    const moved = new TextEncoder().encode(`Received: by another.server\r\n${new TextDecoder().decode(receipt)}`);
    expect(await stages(record, receipt, moved)).toEqual(['delivered', 'delivered']);
    expect(await eventsOf(record)).toBe(events);
  });

  it('an old rejection (201) does not reject what was signed again, nor does an old receipt deliver it', async () => {
    const { id: record, attempt } = await handedOver(2);
    const { documentId, address, messageId } = attempt;
    const rejection = insurerErrorMail({ documentId, sender: address, code: '201', id: id() });
    const receipt = receiptMail({ documentId, recipient: address, action: 'delivered', returned: messageId });
    expect(await stages(record, receipt, rejection)).toEqual(['delivered', 'rejected']);
    practice.clock.move(minutes);
    isCutOff = true;
    forged = [];
    await practice.office.takeNextStep(record);
    isCutOff = false;
    const again = await stateOf(record);
    expect(again).toMatchObject({ stage: 'handed-over', attempts: [{ documentId }, { documentId }] });
    const events = await eventsOf(record);
    expect(await stages(record, rejection)).toEqual(['handed-over']);
    // The same receipt with another envelope: about the first signature, whatever it is packed in.
    const repacked = receiptMail({ documentId, recipient: address, action: 'delivered', returned: messageId, id: 'x' });
    expect(await arrives(repacked)).toBe('unmatched');
    expect([(await stateOf(record))?.stage, await eventsOf(record)]).toEqual(['handed-over', events]);
    // Its own receipt and a new rejection count.
    const own = receiptMail({
      documentId,
      recipient: address,
      action: 'delivered',
      returned: again?.attempts[1]?.messageId ?? '',
    });
    const secondRejection = insurerErrorMail({ documentId, sender: address, code: '201', id: id() });
    expect(await stages(record, own, secondRejection)).toEqual(['delivered', 'rejected']);
  });
});
