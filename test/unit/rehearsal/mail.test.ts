import { createHash } from 'node:crypto';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RehearsalWorld } from '../../../electron/contract/rehearsal';
import { createRehearsal, type Rehearsal } from '../../../electron/rehearsal/rehearsal';
import { certificateXml, fetchAll, payerAddress, pop3, sendMail, sendRaw, signOne, the, uuids } from './support';

let rehearsal: Rehearsal;
let world: RehearsalWorld;
beforeEach(async () => {
  rehearsal = createRehearsal();
  world = await rehearsal.handlers.start({});
});
afterEach(() => rehearsal.stop());

const ik = (): string => the(world.payers[0]).ik;

describe('the way of a certificate through the world', () => {
  it('signed → mailed → received byte for byte → receipt by POP3', async () => {
    const xml = certificateXml(uuids.first, ik());
    const file = await signOne(world, xml);
    await sendMail(world, { uuid: uuids.first, payerIk: ik(), file });

    const [message] = await rehearsal.handlers.received({ from: 0 });
    expect(message).toMatchObject({
      position: 0,
      verdict: 'accepted',
      payerIk: ik(),
      to: payerAddress(ik()),
      envelopeId: uuids.first,
      documentId: uuids.first,
      xmlSha256: createHash('sha256').update(xml).digest('hex'),
    });
    const raw = Buffer.from(the(message).raw, 'base64');
    const mail = await PostalMime.parse(raw);
    expect(mail.text).toBe('eAU\n.\n..zwei Punkte\n');
    const content = the(mail.attachments[0]).content;
    expect(typeof content === 'string' ? content : Buffer.from(new Uint8Array(content))).toEqual(file);

    const receipts = await fetchAll(world);
    expect(receipts).toHaveLength(1);
    const receipt = the(receipts[0]).toString('utf8');
    expect(receipt).toMatch(/^Content-Type: multipart\/report; report-type=delivery-status;/m);
    expect(receipt).toContain(`\r\nOriginal-Envelope-Id: ${uuids.first}\r\n`);
    expect(receipt).toContain(`\r\nFinal-Recipient: rfc822; ${payerAddress(ik())}\r\n`);
    expect(receipt).toContain('\r\nAction: delivered\r\nStatus: 2.0.0\r\n');
    // The returned headers name the message (eau.md section 8).
    expect(receipt).toContain(`Message-ID: <${uuids.first}@uebung.invalid>`);
    expect(receipt).toContain(`Subject: TEAU0_${uuids.first}`);
  });

  it('keeps every byte of a message, dots and 8-bit bytes too', async () => {
    const raw = Buffer.from('Subject: x\r\nX: \xe4\xff\r\n\r\n.\r\n..\r\n.a\r\n\xfc\x00\t \r\n', 'latin1');
    await sendRaw(world, ik(), raw);
    const [message] = await rehearsal.handlers.received({ from: 0 });
    expect(Buffer.from(the(message).raw, 'base64')).toEqual(raw);
    expect(message).toMatchObject({ verdict: '101', documentId: null, xmlSha256: null });
  });

  it('reports only what NOTIFY asks for', async () => {
    const file = await signOne(world, certificateXml(uuids.first, ik()));
    await sendMail(world, { uuid: uuids.first, payerIk: ik(), file, notify: ['failure'] });
    expect(await rehearsal.handlers.received({ from: 0 })).toHaveLength(1);
    expect(await fetchAll(world)).toHaveLength(0);
  });

  it('serves several messages in the order in which they came, also from a position on', async () => {
    for (const uuid of [uuids.first, uuids.second, uuids.third]) {
      await sendMail(world, { uuid, payerIk: ik(), file: await signOne(world, certificateXml(uuid, ik())) });
    }
    const later = await rehearsal.handlers.received({ from: 1 });
    expect(later.map((entry) => entry.documentId)).toEqual([uuids.second, uuids.third]);
    expect(later.map((entry) => entry.position)).toEqual([1, 2]);
  });
});

describe('logging in', () => {
  const withContext = (): string => {
    const { address, context, smtp } = world.connections.mail;
    return `${address}#${the(smtp.service).host}:${the(smtp.service).port}#${context.mandantId}#${context.clientSystemId}#${context.workplaceId}`;
  };

  it('to SMTP works with both forms of the user name', async () => {
    const file = await signOne(world, certificateXml(uuids.first, ik()));
    await sendMail(world, { uuid: uuids.first, payerIk: ik(), file, user: withContext() });
    await sendMail(world, { uuid: uuids.first, payerIk: ik(), file });
    expect(await rehearsal.handlers.received({ from: 0 })).toHaveLength(2);
  });

  it('to SMTP fails with another context, another sender, and for an unknown recipient', async () => {
    const mail = { uuid: uuids.first, payerIk: ik(), file: Buffer.from('x') };
    await expect(sendMail(world, { ...mail, user: `${withContext()}x` })).rejects.toMatchObject({ responseCode: 535 });
    await expect(sendMail(world, { ...mail, from: 'anders@uebung.kim.telematik' })).rejects.toMatchObject({
      responseCode: 550,
    });
    await expect(sendMail(world, { ...mail, payerIk: '999999999' })).rejects.toMatchObject({ responseCode: 550 });
    expect(await rehearsal.handlers.received({ from: 0 })).toHaveLength(0);
  });

  it('to POP3 works with the context and the user id or its placeholder, and not with others', async () => {
    const { address, context, pop3: server } = world.connections.mail;
    const service = `${the(server.service).host}:${the(server.service).port}`;
    const start = `USER ${address}#${service}#${context.mandantId}#${context.clientSystemId}#${context.workplaceId}`;
    for (const user of [start, `${start}#*`, `${start}#${the(context.userId)}`, `${start}#*#*`, `USER ${address}`]) {
      expect(await pop3(world, [user, `PASS ${server.password}`, 'QUIT'])).toContain('+OK 0 messages');
    }
    for (const user of [`${start}#other`, `${start}#*#*#*`, 'USER other@uebung.kim.telematik']) {
      expect(await pop3(world, [user, `PASS ${server.password}`, 'QUIT'])).toContain('-ERR [AUTH]');
    }
    expect(await pop3(world, [start, 'PASS wrong', 'QUIT'])).toContain('-ERR [AUTH]');
  });
});

describe('POP3', () => {
  const login = (): string[] => {
    const { mail } = world.connections;
    return [`USER ${mail.address}`, `PASS ${mail.pop3.password}`];
  };
  const fill = async (count: number): Promise<void> => {
    const file = await signOne(world, certificateXml(uuids.first, ik()));
    for (let index = 0; index < count; index += 1) await sendMail(world, { uuid: uuids.first, payerIk: ik(), file });
  };

  it('wants a login before anything else', async () => {
    const answer = await pop3(world, ['STAT', 'CAPA', 'QUIT']);
    expect(answer).toContain('-ERR log in first');
    expect(answer).toContain('\r\nUIDL\r\n');
    expect(answer).toContain('\r\nTOP\r\n');
  });

  it('deletes at QUIT only, and not what RSET took back', async () => {
    await fill(2);
    const before = await pop3(world, [...login(), 'UIDL', 'DELE 1', 'UIDL', 'RETR 1', 'RSET', 'STAT', 'QUIT']);
    expect(before).toContain('-ERR no such message');
    const kept = await pop3(world, [...login(), 'DELE 1', 'QUIT']);
    expect(kept).toContain('+OK bye');
    const left = await pop3(world, [...login(), 'UIDL', 'LIST', 'QUIT']);
    const uids = [...before.matchAll(/^(\d) (\S{37,})\r$/gm)].map((match) => match[2]);
    expect(left).toContain(`1 ${the(uids[1])}\r\n.`);
    expect(left).not.toContain(the(uids[0]));
  });

  it('gives headers alone with TOP n 0', async () => {
    await fill(1);
    const answer = await pop3(world, [...login(), 'TOP 1 0', 'TOP 1 x', 'TOP 9 0', 'NOOP', 'NONSENSE', 'QUIT']);
    expect(answer).toMatch(
      /\+OK\r\nReturn-Path: <>[\s\S]*boundary="[^"]*"\r\n\r\n\.\r\n-ERR TOP[^\r]*\r\n-ERR no such/,
    );
    expect(answer).not.toContain('Original-Envelope-Id');
  });

  it('stuffs dots, so that a line with a dot alone does not end the message', async () => {
    // Seed and count make the first message bring another service's mail with it, whose text has such a line.
    const other = createRehearsal({ seed: 9 });
    const otherWorld = await other.handlers.start({});
    try {
      const payerIk = the(otherWorld.payers[0]).ik;
      const file = await signOne(otherWorld, certificateXml(uuids.first, payerIk));
      await sendMail(otherWorld, { uuid: uuids.first, payerIk, file });
      const [, unrelated] = await fetchAll(otherWorld);
      const mail = await PostalMime.parse(the(unrelated));
      expect(mail.headers.find((header) => header.key === 'x-kim-dienstkennung')?.value).toBe(
        'Arztbrief;VHitG-Versand;V1.2',
      );
      expect(mail.text).toContain('\n.\nEine Zeile');
    } finally {
      await other.stop();
    }
  });
});
