import { once } from 'node:events';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noFaults, type Faults, type RehearsalWorld } from '../../../electron/contract/rehearsal';
import { openSigned } from '../../../electron/rehearsal/cms';
import { createAuthority } from '../../../electron/rehearsal/authority';
import { createRehearsal, type Rehearsal } from '../../../electron/rehearsal/rehearsal';
import { child } from '../../../electron/rehearsal/xml';
import {
  callConnector,
  certificateXml,
  contextXml,
  eventUri,
  fetchAll,
  findCard,
  pop3,
  sendMail,
  signaturesIn,
  signDocuments,
  signOne,
  soap,
  the,
  uuids,
  verdicts,
} from './support';

let rehearsal: Rehearsal;
let world: RehearsalWorld;
beforeEach(async () => {
  rehearsal = createRehearsal();
  world = await rehearsal.handlers.start({});
});
afterEach(() => rehearsal.stop());

const ik = (): string => the(world.payers[0]).ik;
const set = (faults: Partial<Faults>): Promise<unknown> => rehearsal.handlers.setFaults({ ...noFaults, ...faults });
const got = async (): Promise<string[]> => verdicts(await rehearsal.handlers.received({ from: 0 }));
const file = (): Promise<Buffer> => signOne(world, certificateXml(uuids.first, ik()));
const mail = async (signed: Buffer): Promise<unknown> =>
  sendMail(world, { uuid: uuids.first, payerIk: ik(), file: signed });

describe('everything', () => {
  it('is down and comes back on the same ports, with what was in the mailbox', async () => {
    const signed = await file();
    await mail(signed);
    await set({ everything: true });
    await expect(callConnector(world, '/connector.sds', { method: 'GET' })).rejects.toThrow();
    await expect(mail(signed)).rejects.toThrow();
    await expect(pop3(world, ['QUIT'])).rejects.toThrow();
    const socket = connect({ port: world.connections.directory.port, host: '127.0.0.1' });
    await expect(once(socket, 'secureConnect')).rejects.toThrow();
    await set({});
    expect((await rehearsal.handlers.start({})).connections).toEqual(world.connections);
    await mail(signed);
    expect(await fetchAll(world)).toHaveLength(2);
  });
});

describe('the connector', () => {
  it('has no cards (card-missing), and does not know the handles any more', async () => {
    const handle = await findCard(world, 'HBA');
    await set({ connector: 'card-missing' });
    const reply = await soap(world, '/eventservice', eventUri, 'GetCards', contextXml(world));
    expect(child(reply.element, 'Cards')?.children).toEqual([]);
    expect((await signDocuments(world, handle, ['<a/>'])).source).toContain('<GERROR:Code>4047<');
  });

  it('signs nothing with a blocked PIN', async () => {
    const handle = await findCard(world, 'HBA');
    await set({ connector: 'pin-blocked' });
    expect((await signDocuments(world, handle, ['<a/>'])).source).toContain('<GERROR:Code>4063<');
  });

  it('gives bad signatures, which an insurer refuses with 202', async () => {
    await set({ connector: 'bad-signature' });
    const signed = await file();
    await mail(signed);
    expect(await got()).toEqual(['202']);
  });

  it('dies at every third signature, without an answer', async () => {
    const handle = await findCard(world, 'HBA');
    await set({ connector: 'dies-mid-batch' });
    await expect(signDocuments(world, handle, ['<a/>', '<b/>', '<c/>', '<d/>'])).rejects.toThrow(/socket|reset/i);
    expect(signaturesIn((await signDocuments(world, handle, ['<a/>', '<b/>'])).element)).toHaveLength(2);
    await expect(signDocuments(world, handle, ['<a/>'])).rejects.toThrow(/socket|reset/i);
    await set({});
    expect(signaturesIn((await signDocuments(world, handle, ['<a/>', '<b/>', '<c/>'])).element)).toHaveLength(3);
  });
});

describe('SMTP', () => {
  it.each([
    ['refuse-temporary', 450],
    ['refuse-permanent', 554],
    ['no-encryption-certificate', 451],
  ] as const)('%s answers %i, and nothing arrives', async (smtp, responseCode) => {
    const signed = await file();
    await set({ smtp });
    await expect(mail(signed)).rejects.toMatchObject({ responseCode });
    expect(await got()).toEqual([]);
  });

  it('drop-after-data: the insurer has it, the sender learns nothing', async () => {
    const signed = await file();
    await set({ smtp: 'drop-after-data' });
    await expect(mail(signed)).rejects.toThrow(/closed|reset|socket/i);
    expect(await got()).toEqual(['accepted']);
    expect(await fetchAll(world)).toHaveLength(1);
    await set({});
    await mail(signed);
    expect(await got()).toEqual(['accepted', 'accepted']);
  });

  it('no-dsn: DSN is not announced', async () => {
    const ehlo = async (): Promise<string> => {
      const { mail: account } = world.connections;
      const socket = connect({ port: account.smtp.port, host: '127.0.0.1', ca: account.trust.authorities });
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
      await once(socket, 'data');
      socket.write('EHLO localhost\r\nQUIT\r\n');
      await once(socket, 'close');
      return text;
    };
    expect(await ehlo()).toMatch(/^250-DSN\r$/m);
    await set({ smtp: 'no-dsn' });
    expect(await ehlo()).not.toMatch(/DSN/);
    await set({});
    expect(await ehlo()).toMatch(/^250-DSN\r$/m);
  });

  it('down: refused, and nothing else is', async () => {
    const signed = await file();
    await set({ smtp: 'down' });
    await expect(mail(signed)).rejects.toThrow();
    expect(await pop3(world, ['QUIT'])).toContain('+OK bye');
  });
});

describe('POP3', () => {
  it('stalls: connects but says nothing, and hangs up when the fault is gone', async () => {
    await set({ pop3: 'stall' });
    const { mail: account } = world.connections;
    const socket = connect({ port: account.pop3.port, host: '127.0.0.1', ca: account.trust.authorities });
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    await once(socket, 'secureConnect');
    socket.write('QUIT\r\n');
    // A round trip of another component: time enough for an answer, if there were one.
    await callConnector(world, '/connector.sds', { method: 'GET' });
    expect(text).toBe('');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await set({});
    await closed;
    expect(await pop3(world, ['QUIT'])).toContain('+OK bye');
  });

  it('down: refused', async () => {
    await set({ pop3: 'down' });
    await expect(pop3(world, ['QUIT'])).rejects.toThrow();
  });
});

describe('intake providers', () => {
  it('vanish: recorded as lost, no report', async () => {
    const signed = await file();
    await set({ providers: [{ provider: 'BITMARCK SERVICE GMBH', mode: 'vanish' }] });
    await mail(signed);
    expect(await got()).toEqual(['lost']);
    expect(await fetchAll(world)).toEqual([]);
    await set({});
    await mail(signed);
    expect(await got()).toEqual(['lost', 'accepted']);
  });

  it('vanish: a delay is reported to who asks for it', async () => {
    const signed = await file();
    await set({ providers: [{ provider: 'bitmarck', mode: 'vanish' }] });
    await sendMail(world, { uuid: uuids.first, payerIk: ik(), file: signed, notify: ['delay', 'success'] });
    expect(the((await fetchAll(world))[0]).toString('utf8')).toContain('\r\nAction: delayed\r\nStatus: 4.4.1\r\n');
  });

  it('bounce: a report of failure; other providers’ insurers are not concerned', async () => {
    const signed = await file();
    await set({ providers: [{ provider: 'BITMARCK SERVICE GMBH', mode: 'bounce' }] });
    await mail(signed);
    const report = the((await fetchAll(world))[0]).toString('utf8');
    expect(report).toContain('\r\nAction: failed\r\nStatus: 5.4.4\r\n');
    expect(report).toContain(`Original-Envelope-Id: ${uuids.first}`);
    const far = the(world.payers.find((payer) => !payer.provider.startsWith('BITMARCK'))).ik;
    const second = await signOne(world, certificateXml(uuids.second, far));
    await sendMail(world, { uuid: uuids.second, payerIk: far, file: second });
    expect(await got()).toEqual(['lost', 'accepted']);
  });
});

describe('starting and stopping', () => {
  it('start tells of the world that runs', async () => {
    const [again, same] = await Promise.all([rehearsal.handlers.start({}), rehearsal.handlers.start({})]);
    expect(again).toEqual(world);
    expect(same).toEqual(world);
  });

  it('stop leaves nothing open, and may come at any time', async () => {
    const never = createRehearsal();
    await never.stop();
    const open = (): string[] => process.getActiveResourcesInfo().filter((name) => /TCP|Server|TLS/.test(name));
    const before = open().length;
    const one = createRehearsal();
    const oneWorld = await one.handlers.start({});
    await callConnector(oneWorld, '/connector.sds', { method: 'GET' });
    const socket = connect({
      port: oneWorld.connections.mail.pop3.port,
      host: '127.0.0.1',
      ca: oneWorld.connections.mail.trust.authorities,
    });
    socket.on('error', () => undefined);
    await once(socket, 'data');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await Promise.all([one.stop(), one.stop()]);
    await closed;
    expect(open().length).toBeLessThanOrEqual(before);
  });

  it('two worlds stand beside one another and do not trust each other', async () => {
    const other = createRehearsal({ seed: 2 });
    try {
      const otherWorld = await other.handlers.start({});
      expect(otherWorld.connections.connector.endpoint).not.toBe(world.connections.connector.endpoint);
      expect(otherWorld.connections.connector.cardAuthorities).not.toEqual(world.connections.connector.cardAuthorities);
    } finally {
      await other.stop();
    }
  });

  it('a simulated clock stamps everything', async () => {
    const now = new Date('2031-05-17T08:30:00Z');
    const other = createRehearsal({ clock: { now: () => now } });
    try {
      const otherWorld = await other.handlers.start({});
      const payerIk = the(otherWorld.payers[0]).ik;
      const signed = await signOne(otherWorld, certificateXml(uuids.first, payerIk));
      await sendMail(otherWorld, { uuid: uuids.first, payerIk, file: signed });
      const [message] = await other.handlers.received({ from: 0 });
      expect(message).toMatchObject({ at: now.toISOString(), verdict: 'accepted' });
      expect(the((await fetchAll(otherWorld))[0]).toString('utf8')).toContain('Date: Sat, 17 May 2031 08:30:00 +0000');
    } finally {
      await other.stop();
    }
  });
});

describe('opening signed files', () => {
  it('never throws on half a file or garbage', async () => {
    const signed = await file();
    const cards = createAuthority('Andere Karten', new Date());
    for (let length = 0; length < signed.length; length += 7) {
      expect(openSigned(signed.subarray(0, length), cards, new Date()).kind).not.toBe('valid');
    }
  });
});
