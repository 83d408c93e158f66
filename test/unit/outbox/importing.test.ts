import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CertificateContent } from '../../../renderer/domain/certificate';
import { toIssuable } from '../../../renderer/domain/issuable';
import { buildCancellation } from '../../../renderer/fhir/cancellation';
import { buildDocument } from '../../../renderer/fhir/document';
import { documentIdOf, fileNameOf } from '../../../renderer/fhir/document-identity';
import { cardOf } from '../../../renderer/outbox/signer';
import { openPractice, type TestPractice } from '../../support/practice';

// What another program left unsent, against the rehearsal world: the very bytes of the file have to arrive.

let practice: TestPractice;
beforeAll(async () => {
  practice = await openPractice();
});
afterEach(async () => {
  practice.as('doctor');
  await practice.break({});
});
afterAll(() => practice.stop());

interface Made {
  readonly name: string;
  readonly documentId: string;
  readonly bytes: Uint8Array;
}

function issuable(content: CertificateContent) {
  const issuing = toIssuable(content, { today: content.certificate.issuedOn ?? '', catalogue: null });
  if (issuing.kind === 'refused') throw new Error(JSON.stringify(issuing.findings));
  return issuing.certificate;
}

/** P310-14: a UUID of version 5, in a namespace of the other program's own. */
const newDocumentId = (): string => documentIdOf(crypto.randomUUID(), 'made elsewhere', 1);

/** An eAU as another program would write it: it has its own ids and its own line breaks. */
function xmlOf(content = practice.content(), documentId = newDocumentId()): Made {
  const built = buildDocument(issuable(content), { documentId, timestamp: practice.clock.now().toISOString() });
  const text = new TextDecoder().decode(built).replaceAll('<entry>', '\r\n  <entry>');
  const name = `${fileNameOf(documentId, { kind: 'certificate', test: true })}.xml`;
  return { name, documentId, bytes: new TextEncoder().encode(text) };
}

async function signedOf(xml: Made, content = practice.content()): Promise<Made> {
  const signed = await practice.office.host.connector.sign({
    connection: practice.world.connections.connector,
    card: cardOf(content.issuer),
    documents: [{ name: 'document', content: Buffer.from(xml.bytes).toString('base64') }],
  });
  const outcome = signed.kind === 'ok' ? signed.value[0]?.outcome : undefined;
  if (outcome?.kind !== 'signed') throw new Error(JSON.stringify(signed));
  return { ...xml, name: xml.name.replace('.xml', '.p7s'), bytes: Buffer.from(outcome.signature, 'base64') };
}

async function imported(file: Made) {
  const outcome = await practice.office.importFile(file);
  if (outcome.kind !== 'imported') throw new Error(JSON.stringify(outcome));
  return outcome.record;
}

/** What the insurers got about a document: the mail's subject and its one attachment. */
async function arrived(documentId: string) {
  const received = await practice.office.host.rehearsal.received({ from: 0 });
  const mails = await Promise.all(
    received.map(({ raw }) => PostalMime.parse(Buffer.from(raw, 'base64'), { attachmentEncoding: 'base64' })),
  );
  return mails.filter(({ subject }) => subject?.includes(documentId));
}

/** The one attachment, base64 as it was sent. */
function base64Of(mail: { attachments: readonly { content: unknown }[] } | undefined): string {
  const [attachment, another] = mail?.attachments ?? [];
  if (typeof attachment?.content !== 'string' || another !== undefined) throw new Error('not one attachment');
  return attachment.content;
}

/** The document in a signature, base64. */
async function contentIn(signed: string): Promise<string> {
  const opened = await practice.office.host.connector.openSigned({
    connection: practice.world.connections.connector,
    signed,
  });
  if (opened.kind === 'failed') throw new Error(opened.failure.text);
  return opened.value.content;
}

describe('a file of the practice software', () => {
  it('XML: is signed unchanged, sent under its own id and delivered', async () => {
    const { office } = practice;
    const file = xmlOf();
    const record = await imported(file);
    expect(record.state).toMatchObject({ stage: 'issued', imported: { kind: 'xml', documentId: file.documentId } });
    expect(await office.submit()).toMatchObject({ kind: 'done', handedOver: 1, failed: 0 });
    expect((await practice.answered(record.id, 'handed-over')).state.stage).toBe('delivered');
    const [mail, another] = await arrived(file.documentId);
    expect(another).toBeUndefined();
    expect(mail?.subject).toBe(`TEAU0_${file.documentId}`);
    expect(mail?.attachments[0]?.filename).toBe(`TEAU0_${file.documentId}.p7s`);
    expect(await contentIn(base64Of(mail))).toEqual(Buffer.from(file.bytes).toString('base64'));
  });

  it('.p7s: exactly its bytes are sent and delivered', async () => {
    const { office } = practice;
    const file = await signedOf(xmlOf());
    const record = await imported(file);
    expect(record.state).toMatchObject({ stage: 'signed', imported: { kind: 'signed' } });
    // Nothing has to be signed any more: an assistant sends it.
    practice.as('assistant');
    expect(await office.submit()).toMatchObject({ kind: 'done', handedOver: 1, failed: 0 });
    expect((await practice.answered(record.id, 'handed-over')).state.stage).toBe('delivered');
    const mails = await arrived(file.documentId);
    expect(mails.map(base64Of)).toEqual([Buffer.from(file.bytes).toString('base64')]);
  });

  it('is there once, however often it is read', async () => {
    const xml = xmlOf();
    const first = await imported(xml);
    expect(await practice.office.importFile(xml)).toMatchObject({ kind: 'already-here', record: { id: first.id } });
    const other = xmlOf(practice.content(1), xml.documentId);
    expect(await practice.office.importFile(other)).toMatchObject({ kind: 'refused', reason: 'other-bytes' });
    const both = await Promise.all(
      [xmlOf(practice.content(2))].flatMap((one) => [one, one]).map((one) => practice.office.importFile(one)),
    );
    expect(both.map(({ kind }) => kind).sort()).toEqual(['already-here', 'imported']);
    expect(await practice.office.store.checkChain('start')).toMatchObject({ kind: 'held' });
  });

  it('that was discarded here is not taken over again', async () => {
    const file = xmlOf();
    const { id } = await imported(file);
    await practice.office.discard(id, 'doppelt');
    expect(await practice.office.importFile(file)).toMatchObject({ kind: 'refused', reason: 'discarded' });
  });

  it('signed and wrong: is discarded with its reason, unless it was handed over', async () => {
    const { office } = practice;
    const file = await signedOf(xmlOf());
    const { id } = await imported(file);
    const change = await office.discard(id, 'falsche Patientin');
    expect(change).toMatchObject({ kind: 'written', record: { state: { stage: 'discarded' } } });
    expect((await office.store.records.events(id)).at(-1)?.detail).toEqual({
      type: 'discarded',
      reason: 'falsche Patientin',
    });
    await office.submit();
    expect(await arrived(file.documentId)).toEqual([]);
    const sent = await imported(await signedOf(xmlOf()));
    await office.submit([sent.id]);
    expect(await office.discard(sent.id, 'zu spät')).toMatchObject({ kind: 'conflict' });
  });

  it('P6-05: its deadline counts from the day it was issued', async () => {
    const { office } = practice;
    const content = practice.content();
    const { certificate } = content;
    const old = { ...content, certificate: { ...certificate, issuedOn: '2026-11-19', unfitSince: '2026-11-19' } };
    const { id } = await imported(xmlOf({ ...old, certificate: { ...old.certificate, assessedOn: '2026-11-19' } }));
    expect((await office.agenda()).postToday.map((record) => record.id)).toContain(id);
    await office.discard(id, 'Probe');
  });

  it('is still there after the program was opened anew', async () => {
    const file = xmlOf();
    const { id } = await imported(file);
    const again = await practice.restart();
    expect(await again.store.records.get(id)).toMatchObject({
      state: { stage: 'issued', imported: { fileName: file.name } },
    });
    expect((await again.store.records.documents(id)).map(({ xml }) => Buffer.from(xml))).toEqual([
      Buffer.from(file.bytes),
    ]);
    await practice.office.discard(id, 'Probe');
  });

  it('is no administrator’s business', async () => {
    practice.as('administrator');
    expect(await practice.office.importFile(xmlOf())).toMatchObject({ kind: 'obstacle', what: 'role-record' });
  });

  it.each(['101', '103'])('P5-04, %s: no new document is made of it here', async (code) => {
    const { office } = practice;
    const content = practice.content();
    const record = await imported(xmlOf(content));
    await practice.break({
      insurerErrors: [{ payerIk: content.coverage.payerIk ?? '', code, count: 1 }],
    });
    await office.submit([record.id]);
    const { state } = await practice.answered(record.id, 'handed-over', 'delivered');
    expect(state).toMatchObject({ stage: 'rejected', error: { code } });
    expect(await office.takeNextStep(record.id)).toMatchObject({ kind: 'obstacle', what: 'imported-recreate' });
  });

  it('P5-04, 201: the same XML is signed again', async () => {
    const { office } = practice;
    const content = practice.content();
    const file = await signedOf(xmlOf(content));
    const record = await imported(file);
    await practice.break({
      insurerErrors: [{ payerIk: content.coverage.payerIk ?? '', code: '201', count: 1 }],
    });
    await office.submit([record.id]);
    expect((await practice.answered(record.id, 'handed-over', 'delivered')).state.stage).toBe('rejected');
    await practice.break({});
    expect(await office.takeNextStep(record.id)).toMatchObject({ kind: 'done', handedOver: 1 });
    expect((await practice.answered(record.id, 'handed-over')).state.stage).toBe('delivered');
    const xmls = (await office.store.records.documents(record.id)).map(({ xml }) => Buffer.from(xml).toString('hex'));
    expect(new Set(xmls).size).toBe(1);
  });
});

describe('a file is refused', () => {
  const reasonOf = async (file: Pick<Made, 'name' | 'bytes'>) => {
    const before = (await practice.office.store.records.list()).length;
    const outcome = await practice.office.importFile(file);
    expect((await practice.office.store.records.list()).length).toBe(before);
    return outcome.kind === 'refused' ? outcome.reason : outcome.kind;
  };

  it('when its name is not that of an eAU, or of another one', async () => {
    const file = xmlOf();
    expect(await reasonOf({ ...file, name: 'eAU.xml' })).toBe('name');
    expect(await reasonOf({ ...file, name: `TEAU0_${newDocumentId()}.xml` })).toBe('other-name');
  });

  it('when it is real and this is a rehearsal, or a test in live operation', async () => {
    const file = xmlOf();
    expect(await reasonOf({ ...file, name: file.name.replace('TEAU0', 'EEAU0') })).toBe('production-in-rehearsal');
    const setup = await practice.office.store.setup();
    if (setup === null) throw new Error('no set-up');
    await practice.office.store.saveSetup({ ...setup, settings: { ...setup.settings, mode: 'live' } });
    expect(await reasonOf(file)).toBe('test-in-live');
    await practice.office.store.saveSetup(setup);
  });

  it('when it is a cancellation, by name or by content', async () => {
    const documentId = newDocumentId();
    const bytes = buildCancellation({
      certificate: issuable(practice.content()),
      cancelledDocumentId: newDocumentId(),
      documentId,
      timestamp: practice.clock.now().toISOString(),
    });
    expect(await reasonOf({ name: `TEAU0_Storno_${documentId}.xml`, bytes })).toBe('cancellation');
    expect(await reasonOf({ name: `TEAU0_${documentId}.xml`, bytes })).toBe('cancellation');
  });

  it('when the signature is broken, of an unknown authority, or of somebody else', async () => {
    const xml = xmlOf();
    const file = await signedOf(xml);
    const broken = Uint8Array.from(file.bytes);
    broken[broken.length - 10] = (broken[broken.length - 10] ?? 0) ^ 1;
    expect(await reasonOf({ ...file, bytes: broken })).toBe('signature');
    expect(await reasonOf({ ...file, bytes: xml.bytes })).toBe('signature');
    const setup = await practice.office.store.setup();
    if (setup === null) throw new Error('no set-up');
    const connector = { ...setup.connections.connector, cardAuthorities: [] };
    await practice.office.store.saveSetup({ ...setup, connections: { ...setup.connections, connector } });
    expect(await reasonOf(file)).toBe('signature');
    await practice.office.store.saveSetup(setup);

    const content = practice.content();
    const foreign = { ...content, issuer: { ...content.issuer, family: 'Fremd', given: 'Frida', lanr: '838382202' } };
    foreign.practice = { ...content.practice, name: 'Anderswo' };
    const signed = await signedOf(xmlOf(foreign), content);
    expect(await reasonOf(signed)).toBe('other-signer');
  });

  it('when it is damaged', async () => {
    const file = xmlOf();
    expect(await reasonOf({ ...file, bytes: file.bytes.subarray(0, 500) })).toBe('not-well-formed');
  });

  it('when it is not sent digitally by anybody', async () => {
    const content = practice.content();
    const file = xmlOf({ ...content, coverage: { ...content.coverage, specialGroup: '07' } });
    expect(await practice.office.importFile(file)).toEqual({ kind: 'paper-only', rule: 'special-group-07' });
  });
});
