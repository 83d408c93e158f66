import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { contract } from '../../../electron/contract/contract';
import type { Host } from '../../../electron/contract/host';
import { whatOf } from '../../../renderer/app/settings/inbox-section';
import { createWording } from '../../../renderer/app/parts/texts-context';
import { createTexts } from '../../../renderer/texts';
import { collectAnswers } from '../../../renderer/outbox/collecting';
import type { StoredRecord } from '../../../renderer/domain/record';
import { startPop3Server } from '../../support/pop3-server';
import { openPractice, type TestPractice } from '../../support/practice';
import { exampleAccount, exampleServer } from '../services/examples';
import { testAuthority, type TestServer } from '../services/sockets';

// What no insurer should send, through the real mailbox (POP3 over TLS), the contract and the store.

let practice: TestPractice;
const stopping: TestServer[] = [];
beforeAll(async () => {
  practice = await openPractice();
});
afterEach(async () => {
  await Promise.all(stopping.splice(0).map((server) => server.stop()));
});
afterAll(() => practice.stop());

const namespace = 'http://hl7.org/fhir';
const outcome = (inner: string, root = `<OperationOutcome xmlns="${namespace}">`) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${root}<id value="c42a922c-c1fa-4aed-a2ba-7e658aecb7dc"/>${inner}</OperationOutcome>`;
const issue = (documentId: string, code: string) =>
  `<issue><extension url="https://fhir.kbv.de/StructureDefinition/KBV_EX_EAU_health_insurance_Practitioner_Identifier"><extension url="Bundle-Identifier"><valueIdentifier><system value="urn:ietf:rfc:3986"/><value value="urn:uuid:${documentId}"/></valueIdentifier></extension></extension><severity value="fatal"/><code value="processing"/><details><coding><system value="https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_EAU_AU_ERROR_KASSE"/><code value="${code}"/><display value="Titel"/></coding></details></issue>`;

const german = createWording('de', createTexts('de'));

/** An insurer's error mail with this attachment. */
function mail(attachment: Buffer | string, from: string): Buffer {
  const base64 = Buffer.from(attachment).toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.from(
    [
      ...[`From: ${from}`, 'To: praxis@kim.test', 'Subject: TEAU0_Fehler_c42a922c-c1fa-4aed-a2ba-7e658aecb7dc'],
      ...['X-KIM-Dienstkennung: eAU;Fehler-Kasse;V1.2', 'MIME-Version: 1.0'],
      ...['Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '', 'Fehler.', '--b'],
      ...['Content-Type: application/xml; name=fehler.xml', 'Content-Transfer-Encoding: base64'],
      ...['Content-Disposition: attachment; filename=fehler.xml', '', base64, '--b--', ''],
    ].join('\r\n'),
  );
}

/** A certificate that was handed over, and whose answers are in the mailbox of the test. */
async function handedOver(): Promise<{ id: string; documentId: string; insurer: string }> {
  const { id } = await practice.issue();
  // By its id: after several errors in a row the program would try this insurer with one certificate first.
  await practice.office.submit([id]);
  const record = await practice.answered(id, 'handed-over');
  const [attempt] = record.state.attempts;
  return { id, documentId: attempt?.documentId ?? '', insurer: attempt?.address ?? '' };
}

/** Looks into a mailbox with these messages, as the page does: what comes is parsed by the contract. */
async function collectFrom(messages: readonly (readonly [string, Buffer])[]) {
  const server = await startPop3Server({ messages });
  stopping.push(server);
  const { office } = practice;
  const setup = await office.store.setup();
  if (setup === null) throw new Error('There is no set-up.');
  const { host } = office;
  const parsing: Host = {
    ...host,
    mail: {
      ...host.mail,
      collect: async (given) => contract.mail.collect.result.parse(await host.mail.collect(given)),
    },
  };
  const account = exampleAccount([testAuthority], exampleServer(server.port));
  const collection = await collectAnswers(
    { store: office.store, host: parsing },
    { ...setup, connections: { ...setup.connections, mail: account } },
  );
  return { collection, commands: server.commands };
}

async function stateOf(id: string): Promise<StoredRecord['state'] | undefined> {
  return (await practice.office.store.records.get(id))?.state;
}

const bomb = (documentId: string) =>
  `<?xml version="1.0"?><!DOCTYPE o [<!ENTITY a "${'x'.repeat(100)}">${Array.from({ length: 20 }, (_, level) => `<!ENTITY ${String.fromCharCode(98 + level)} "${`&${String.fromCharCode(97 + level)};`.repeat(10)}">`).join('')}]>` +
  outcome(`${issue(documentId, '101')}<text>&u;</text>`).replace(/^<\?xml[^>]*>\n/, '');

const hostile: readonly (readonly [what: string, xml: (documentId: string) => Buffer | string])[] = [
  ['entity bomb', bomb],
  ['outside entity', (id) => `<!DOCTYPE o [<!ENTITY f SYSTEM "file:///etc/passwd">]>${outcome(issue(id, '&f;'))}`],
  ['malformed XML', (id) => outcome(issue(id, '101')).slice(0, -20)],
  ['another namespace', (id) => outcome(issue(id, '101'), '<OperationOutcome xmlns="urn:other">')],
  ['another resource', (id) => outcome(issue(id, '101')).replaceAll('OperationOutcome', 'Bundle')],
  ['no code', (id) => outcome(issue(id, '101').replace('<code value="101"/>', ''))],
  ['a code that is none', (id) => outcome(issue(id, '1O1'))],
  ['another encoding', (id) => Buffer.from(outcome(issue(id, '101').replace('Titel', 'Übermittlung')), 'latin1')],
  ['nothing', () => ''],
  ['no XML', () => Buffer.from([0, 1, 2, 3, 255])],
  ['20 MB', (id) => outcome(`${issue(id, '101')}<text>${'Übermittlung '.repeat(1_500_000)}</text>`)],
];

describe('an answer that can’t be understood (P5-04)', () => {
  it.each(hostile)(
    '%s: kept byte for byte, shown as unreadable, and the mails behind it are read',
    async (what, xml) => {
      const { id, documentId, insurer } = await handedOver();
      const before = await practice.office.store.records.events(id);
      const bad = mail(xml(documentId), insurer);
      if (what === '20 MB') expect(bad.length).toBeGreaterThan(20 * 1024 * 1024);
      const uids = [`${documentId}-bad`, `${documentId}-good`] as const;
      const good = mail(outcome(issue(documentId, '307')), insurer);
      const { collection } = await collectFrom([
        [uids[0], bad],
        [uids[1], good],
      ]);
      expect(collection).toEqual({ kind: 'done', answers: 1, unmatched: 1, recordIds: [id] });
      const kept = (await practice.office.store.mails()).find(({ uid }) => uid === uids[0]);
      expect(kept).toMatchObject({ status: 'unreadable', recordId: null });
      expect(Buffer.from(kept?.raw ?? []).equals(bad)).toBe(true);
      expect(kept === undefined ? '' : whatOf(german, kept)).toBe(german('settings.inbox.what.unreadable'));
      // The bad one changed nothing; the good one did.
      const after = await practice.office.store.records.events(id);
      expect(after.slice(before.length).map(({ detail }) => detail.type)).toEqual(['rejected']);
      expect(await stateOf(id)).toMatchObject({ stage: 'rejected', error: { code: '307', messageId: uids[1] } });
    },
    60_000,
  );

  it('is fetched once: the next look leaves it alone', async () => {
    const { documentId, insurer } = await handedOver();
    const bad = mail(bomb(documentId), insurer);
    const first = await collectFrom([['once', bad]]);
    expect(first.commands).toContain('RETR 1');
    const second = await collectFrom([['once', bad]]);
    expect(second.commands.filter((command) => command.startsWith('RETR'))).toEqual([]);
    expect(second.commands.filter((command) => command.startsWith('DELE'))).toEqual([]);
  });
});
