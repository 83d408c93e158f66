import { existsSync, readFileSync } from 'node:fs';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noFaults, type RehearsalWorld } from '../../../electron/contract/rehearsal';
import { createRehearsal, type Rehearsal } from '../../../electron/rehearsal/rehearsal';
import { child, parseXml } from '../../../electron/rehearsal/xml';
import {
  cancellationXml,
  certificateXml,
  fetchAll,
  sendMail,
  sendRaw,
  signOne,
  the,
  uuids,
  verdicts,
  type TestMail,
} from './support';

let rehearsal: Rehearsal;
let world: RehearsalWorld;
let other: Rehearsal;
beforeEach(async () => {
  rehearsal = createRehearsal();
  world = await rehearsal.handlers.start({});
  other = createRehearsal();
});
afterEach(async () => {
  await rehearsal.stop();
  await other.stop();
});

const ik = (): string => the(world.payers[0]).ik;
const got = async (): Promise<string[]> => verdicts(await rehearsal.handlers.received({ from: 0 }));

/** Signs and sends a document; what differs from a proper mail is given. */
async function send(uuid: string, xml: string, change: Partial<TestMail> = {}): Promise<Buffer> {
  const file = change.file ?? (await signOne(world, xml));
  await sendMail(world, { uuid, payerIk: ik(), file, ...change });
  return file;
}

interface InsurerError {
  readonly code: string;
  readonly display: string;
  readonly extension: string;
  readonly value: string;
  readonly text: string;
}

/** Reads the insurer errors in the mailbox as a practice system does (P5-04). */
async function insurerErrors(): Promise<InsurerError[]> {
  const errors: InsurerError[] = [];
  for (const raw of await fetchAll(world)) {
    const mail = await PostalMime.parse(raw);
    const service = mail.headers.find((header) => header.key === 'x-kim-dienstkennung')?.value;
    if (service !== 'eAU;Fehler-Kasse;V1.2') continue;
    const attachment = the(mail.attachments[0]);
    if (typeof attachment.content === 'string') throw new Error('An attachment is bytes.');
    const outcome = the(parseXml(new TextDecoder().decode(attachment.content)));
    const id = the(child(outcome, 'id')?.attributes.get('value'));
    expect(mail.subject).toBe(`TEAU0_Fehler_${id}`);
    expect(attachment.filename).toBe(`TEAU0_Fehler_${id}.xml`);
    const issue = child(outcome, 'issue');
    const extension = the(child(child(issue, 'extension'), 'extension'));
    const coding = child(child(issue, 'details'), 'coding');
    errors.push({
      code: the(child(coding, 'code')?.attributes.get('value')),
      display: the(child(coding, 'display')?.attributes.get('value')),
      extension: the(extension.attributes.get('url')),
      value: the(child(child(extension, 'valueIdentifier'), 'value')?.attributes.get('value')),
      text: the(mail.text),
    });
  }
  return errors;
}

describe('duplicates (eau.md section 7)', () => {
  it('the identical file again is accepted, with a receipt', async () => {
    const file = await send(uuids.first, certificateXml(uuids.first, ik()));
    await send(uuids.first, '', { file });
    expect(await got()).toEqual(['accepted', 'accepted']);
    expect(await fetchAll(world)).toHaveLength(2);
  });

  it('the same id with other bytes is error 101, and the first stays', async () => {
    const file = await send(uuids.first, certificateXml(uuids.first, ik()));
    await send(uuids.first, certificateXml(uuids.first, ik(), 'Paula'));
    // Signed anew without need: other bytes too.
    await send(uuids.first, certificateXml(uuids.first, ik()));
    await send(uuids.first, '', { file });
    expect(await got()).toEqual(['accepted', '101', '101', 'accepted']);
  });

  it('after 201 the same XML signed again is accepted, other XML is not', async () => {
    const xml = certificateXml(uuids.first, ik());
    const otherWorld = await other.handlers.start({});
    await send(uuids.first, '', { file: await signOne(otherWorld, xml) });
    await send(uuids.first, certificateXml(uuids.first, ik(), 'Paula'));
    await send(uuids.first, xml);
    expect(await got()).toEqual(['201', '101', 'accepted']);
  });

  it('after a KIM problem (307) the same file is accepted', async () => {
    await rehearsal.handlers.setFaults({ ...noFaults, insurerErrors: [{ payerIk: ik(), code: '307', count: 1 }] });
    const file = await send(uuids.first, certificateXml(uuids.first, ik()));
    await send(uuids.first, '', { file });
    expect(await got()).toEqual(['307', 'accepted']);
    const [error] = await insurerErrors();
    expect(error).toMatchObject({ code: '307', extension: 'Message-ID', value: `${uuids.first}@uebung.invalid` });
  });
});

describe('signatures', () => {
  it('of another world’s card are 201, spoilt ones 202', async () => {
    const otherWorld = await other.handlers.start({});
    await send(uuids.first, '', { file: await signOne(otherWorld, certificateXml(uuids.first, ik())) });
    const file = await signOne(world, certificateXml(uuids.second, ik()));
    const at = file.indexOf('Petra');
    file.write('Pétra'.slice(0, 4), at, 'latin1');
    file.write('Paula', at, 'latin1');
    await send(uuids.second, '', { file });
    expect(await got()).toEqual(['201', '202']);
    const errors = await insurerErrors();
    expect(errors.map((error) => error.value)).toEqual([`urn:uuid:${uuids.first}`, `urn:uuid:${uuids.second}`]);
    expect(the(errors[1]).text).toContain('die aufgebrachte Signatur nicht mit den übermittelten Daten übereinstimmt');
  });
});

describe('hostile mail', () => {
  it('nested without end is 101, and the next message is served', async () => {
    const depth = 2000;
    const lines = Array.from(
      { length: depth },
      (_, level) => `Content-Type: multipart/mixed; boundary="b${level}"\r\n\r\n--b${level}\r\n`,
    );
    await sendRaw(world, ik(), Buffer.from(`Message-ID: <deep@uebung.invalid>\r\n${lines.join('')}\r\nEnd\r\n`));
    await send(uuids.first, certificateXml(uuids.first, ik()));
    expect(await got()).toEqual(['101', 'accepted']);
    expect((await insurerErrors())[0]).toMatchObject({ extension: 'Message-ID', value: 'deep@uebung.invalid' });
  });
});

describe('mails that are not as specified are 101 (P5-03)', () => {
  const wrong: readonly [string, Partial<TestMail>][] = [
    ['production prefix', { subject: `EEAU0_${uuids.first}` }],
    ['another id in the subject', { subject: `TEAU0_${uuids.second}` }],
    ['another service', { service: 'eAU;Lieferung;V1.1' }],
    ['two files', { twoFiles: true }],
    ['no signed file', { file: Buffer.from('<Bundle/>') }],
  ];
  it.each(wrong)('%s', async (_name, change) => {
    await send(uuids.first, certificateXml(uuids.first, ik()), change);
    expect(await got()).toEqual(['101']);
    expect((await insurerErrors()).map((error) => error.code)).toEqual(['101']);
  });

  it.each([
    ['another document’s id', certificateXml(uuids.second, '109990018'), '101'],
    ['a UUID that is not version 5', certificateXml(uuids.first.replace('-5', '-4'), '109990018'), '101'],
    ['another insurer’s IK', certificateXml(uuids.first, '109990029'), '101'],
    ['a document of another kind', cancellationXml(uuids.first, uuids.second), '101'],
    ['an earlier profile', certificateXml(uuids.first, '109990018').replace('Bundle|1.2', 'Bundle|1.1'), '101'],
    ['another character set', certificateXml(uuids.first, '109990018').replace('UTF-8', 'ISO-8859-15'), '103'],
    ['a byte order mark', `\uFEFF${certificateXml(uuids.first, '109990018')}`, '103'],
  ])('%s', async (_name, xml, code) => {
    await send(uuids.first, xml);
    expect(await got()).toEqual([code]);
  });

  it('but an IK that no insurer of the world has may be another of the same insurer (P5-02 4b)', async () => {
    await send(uuids.first, certificateXml(uuids.first, '999999999'));
    expect(await got()).toEqual(['accepted']);
  });
});

describe('cancellations', () => {
  const cancel = (cancelled: string): Promise<Buffer> =>
    send(uuids.cancellation, cancellationXml(uuids.cancellation, cancelled), { isCancellation: true });

  it('of an accepted certificate are accepted', async () => {
    await send(uuids.first, certificateXml(uuids.first, ik()));
    await cancel(uuids.first);
    expect(await got()).toEqual(['accepted', 'accepted']);
  });

  it('of an unknown or a rejected one are 105', async () => {
    await cancel(uuids.first);
    expect(await got()).toEqual(['105']);
    const [error] = await insurerErrors();
    expect(error).toMatchObject({
      code: '105',
      display: 'Die zu stornierende eAU wurde von der Krankenkasse bereits als fehlerhaft abgewiesen.',
      extension: 'Bundle-Identifier',
      value: `urn:uuid:${uuids.cancellation}`,
    });
  });

  it('meet with codes of their own', async () => {
    await send(uuids.cancellation, `\uFEFF${cancellationXml(uuids.cancellation, uuids.first)}`, {
      isCancellation: true,
    });
    await send(uuids.cancellation, '<x/>', { isCancellation: true });
    expect(await got()).toEqual(['104', '102']);
  });
});

describe('insurer errors that the rehearsal wants', () => {
  it('go to the next documents to that IK, as many as asked for', async () => {
    await rehearsal.handlers.setFaults({ ...noFaults, insurerErrors: [{ payerIk: ik(), code: '100', count: 2 }] });
    for (const uuid of [uuids.first, uuids.second, uuids.third]) await send(uuid, certificateXml(uuid, ik()));
    expect(await got()).toEqual(['100', '100', 'accepted']);
    const [error] = await insurerErrors();
    expect(the(error).text).toContain('Petra Müller-Übung');
    expect(the(error).text).toContain('nicht bei der Übungskasse Haselhain versichert ist');
  });

  it('can be a warning of malware, with that text alone', async () => {
    await rehearsal.handlers.setFaults({
      ...noFaults,
      insurerErrors: [{ payerIk: ik(), code: '101-malware', count: 1 }],
    });
    await send(uuids.first, certificateXml(uuids.first, ik()));
    const [error] = await insurerErrors();
    expect(error).toMatchObject({ code: '101', text: 'Achtung möglicher Virenbefall\n' });
    expect(await got()).toEqual(['101']);
  });

  it('can be the KIM service’s own, with X-KIM-Fehlermeldung and no receipt', async () => {
    await rehearsal.handlers.setFaults({ ...noFaults, insurerErrors: [{ payerIk: ik(), code: '4008', count: 1 }] });
    const file = await send(uuids.first, certificateXml(uuids.first, ik()));
    const messages = await fetchAll(world);
    expect(messages).toHaveLength(1);
    const text = the(messages[0]).toString('utf8');
    expect(text).toMatch(/^X-KIM-Fehlermeldung: 4008\r$/m);
    expect(text).toContain(`In-Reply-To: <${uuids.first}@uebung.invalid>`);
    await send(uuids.first, '', { file });
    expect(await got()).toEqual(['4008', 'accepted']);
  });
});

const example = new URL('../../../../shared/spec/fhir/examples/valid/Beispiel_1-eAU_ERST_GKV.xml', import.meta.url);
describe.skipIf(!existsSync(example))('the official example', () => {
  it('is accepted once its id is of version 5', async () => {
    const xml = readFileSync(example, 'utf8').replace(
      /(<identifier>\s*<system value="urn:ietf:rfc:3986" ?\/>\s*<value value="urn:uuid:)[^"]*/,
      `$1${uuids.first}`,
    );
    await send(uuids.first, xml);
    expect(await got()).toEqual(['accepted']);
  });
});
