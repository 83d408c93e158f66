import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CertificateContent, SlipCopy } from '../renderer/domain/certificate';
import { toIssuable, type IssuableCertificate } from '../renderer/domain/issuable';
import { fullName } from '../renderer/domain/person-name';
import { sendingOf } from '../renderer/domain/sending';
import { buildDocument } from '../renderer/fhir/document';
import { documentIdOf, fileNameOf } from '../renderer/fhir/document-identity';
import { drawSlips } from '../renderer/form/slip';
import { fromBase64, toBase64 } from '../renderer/outbox/bytes';
import { cardOf } from '../renderer/outbox/signer';
import { outgoingMail } from '../renderer/outbox/outgoing-mail';
import { createTexts } from '../renderer/texts';
import type { RehearsalWorld } from '../electron/contract/rehearsal';
import { composeMail } from '../electron/services/mail/compose';
import { createOutside, type Outside } from '../electron/outside';
import { catalogueAtHand } from './certify/catalogue';
import { readCase, type Refusal } from './certify/read-case';
import { loadBarcodeDecoder, loadFormFonts } from './form-fonts';

/**
 * `npm run certify -- CASES OUT`: the certification package. Each `CASES/ID.json` becomes its document, signature, mail and slips in OUT, by the
 * program's own code and the rehearsal world's connector and directory; one that is not sent says why in `ID.paper-only.json`, one
 * that may not be issued in `ID.error.json`. A case that was refused is a result like any other: exit 0. Exit 1 where something went wrong that
 * isn't the case's own doing (the other cases are made all the same); exit 2 without cases. Diagnoses are checked against the ICD-10-GM that
 * `ERSATZSCHEIN_CATALOGUE` names (BfArM's metadata file), else against the newest one in `../shared/data`.
 */

const [cases, out] = process.argv.slice(2);
if (cases === undefined || out === undefined) {
  process.stderr.write('npm run certify -- CASES OUT\n');
  process.exit(2);
}

/** Namespace of the certification package's document ids: the same case always gets the same one. */
const namespace = '0c5b3f6e-3a52-5d8e-8d2c-6a1f4f9d2b70';
const copies: readonly SlipCopy[] = ['KK', 'AG', 'V'];
const t = createTexts('de');

/** A case that may be issued. */
interface Issued {
  readonly id: string;
  readonly content: CertificateContent;
  readonly documentId: string;
  readonly timestamp: Date;
  readonly xml: Uint8Array;
}

const from = resolve(process.env['INIT_CWD'] ?? '.', cases);
const to = resolve(process.env['INIT_CWD'] ?? '.', out);
const names = await caseNames(from);
if (names.length === 0) {
  process.stderr.write(`There is no case (ID.json) in ${from}.\n`);
  process.exit(2);
}
await mkdir(to, { recursive: true });
const tools = { fonts: await loadFormFonts(), decoder: await loadBarcodeDecoder() };
const atHand = await catalogueAtHand(
  fileURLToPath(new URL('..', import.meta.url)),
  process.env['ERSATZSCHEIN_CATALOGUE'],
);
if (atHand.kind === 'unreadable') {
  process.stderr.write(`The catalogue ${atHand.file} can't be read: ${atHand.reason}\n`);
  process.exit(2);
}
const catalogue = atHand.kind === 'catalogue' ? atHand.catalogue : null;
const outside = createOutside({ kind: 'loopback', printFolder: to, onInFlight: () => undefined, log: () => undefined });
try {
  const world = await outside.handlers.rehearsal.start({});
  const tally = { sent: 0, paperOnly: 0, refused: 0, failed: 0 };
  for (const name of names) {
    const id = basename(name, '.json');
    try {
      await removeOlder(id);
      tally[await certify(outside, world, id, await readFile(join(from, name)))] += 1;
    } catch (error) {
      tally.failed += 1;
      process.stderr.write(`${id}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  process.stdout.write(
    atHand.kind === 'catalogue'
      ? `Diagnoses checked against ${atHand.file}.\n`
      : 'No ICD-10-GM at hand: whether codes exist and may be coded with is not checked.\n',
  );
  process.stdout.write(
    `${names.length} cases: ${tally.sent} sent, ${tally.paperOnly} on paper only, ${tally.refused} refused, ${tally.failed} failed.\n`,
  );
  if (tally.failed > 0) process.exitCode = 1;
} finally {
  await outside.stop();
}

/** The case files in a folder; none where there is no such folder. */
async function caseNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  } catch {
    return [];
  }
}

/** An earlier run may have made other files of this case: what lies in OUT is of one run. */
async function removeOlder(id: string): Promise<void> {
  const endings = ['.xml', '.p7s', '.eml', '.paper-only.json', '.error.json', ...copies.map((copy) => `_${copy}.pdf`)];
  for (const ending of endings) await rm(join(to, `${id}${ending}`), { force: true });
}

async function certify(
  host: Outside,
  world: RehearsalWorld,
  id: string,
  bytes: Uint8Array,
): Promise<'sent' | 'paperOnly' | 'refused'> {
  const reading = readCase(bytes, t);
  if (reading.kind === 'refused') return refuse(id, reading.refusal);
  const { content } = reading;
  const today = content.certificate.issuedOn ?? '';
  const issuing = toIssuable(content, { today, catalogue });
  if (issuing.kind === 'refused') {
    const [first] = issuing.findings.filter(({ severity }) => severity === 'error');
    if (first === undefined) throw new Error(`${id}: refused without an error.`);
    return refuse(id, { rule: first.rule, message: t(`rules.${first.rule}`, first.values) });
  }
  const documentId = documentIdOf(namespace, id, 1);
  const refusal = await drawCopies(id, documentId, issuing.certificate);
  if (refusal !== null) return refuse(id, refusal);
  const issued = document(id, content, issuing.certificate, documentId);
  await writeFile(join(to, `${id}.xml`), issued.xml);
  const sending = sendingOf(content);
  if (sending.kind === 'paper-only') {
    await keepJson(`${id}.paper-only.json`, { rule: sending.rule, reason: t(`paperOnly.${sending.rule}`) });
    return 'paperOnly';
  }
  await signAndMail(host, world, issued);
  return 'sent';
}

function document(
  id: string,
  content: CertificateContent,
  certificate: IssuableCertificate,
  documentId: string,
): Issued {
  const timestamp = new Date();
  return {
    id,
    content,
    documentId,
    timestamp,
    xml: buildDocument(certificate, { documentId, timestamp: timestamp.toISOString() }),
  };
}

/** Draws all three copies before any is written. */
async function drawCopies(id: string, documentId: string, content: CertificateContent): Promise<Refusal | null> {
  const drawn: { copy: SlipCopy; pdf: Uint8Array }[] = [];
  for (const copy of copies) {
    const slip = await drawSlips([{ content, copy, documentId, test: true, fill: 'full' }], { paper: 'A5', ...tools });
    if (slip.kind === 'refused') {
      const values = {
        name: fullName(content.patient),
        field: 'field' in slip ? slip.field : '',
        letters: 'letters' in slip ? slip.letters.join(' ') : '',
      };
      return { rule: `slip-${slip.reason}`, message: t(`obstacles.slip-${slip.reason}`, values) };
    }
    drawn.push({ copy, pdf: slip.pdf });
  }
  for (const { copy, pdf } of drawn) await writeFile(join(to, `${id}_${copy}.pdf`), pdf);
  return null;
}

/** Has the world's connector sign the document and composes the mail to the insurer's address in the world's directory. */
async function signAndMail({ handlers }: Outside, world: RehearsalWorld, issued: Issued): Promise<void> {
  const { content, documentId } = issued;
  const card = cardOf(content.issuer);
  if (card.kind === 'HBA') await handlers.rehearsal.insertCards({ holders: [card.holder] });
  const payerIk = content.coverage.payerIk ?? '';
  await handlers.rehearsal.addPayers({
    payers: [{ ik: payerIk, name: content.coverage.payerName ?? payerIk, provider: 'gkv informatik' }],
  });
  const name = fileNameOf(documentId, { kind: 'certificate', test: true });
  const signed = await handlers.connector.sign({
    connection: world.connections.connector,
    card,
    documents: [{ name, content: toBase64(issued.xml) }],
  });
  if (signed.kind === 'failed') throw new Error(`${issued.id}: ${signed.failure.text}`);
  const outcome = signed.value[0]?.outcome;
  if (outcome?.kind !== 'signed')
    throw new Error(`${issued.id}: ${outcome?.failure.text ?? 'the connector left it out'}`);
  const signature = fromBase64(outcome.signature);
  const found = await handlers.directory.find({ connection: world.connections.directory, payerIks: [payerIk] });
  if (found.kind === 'failed') throw new Error(`${issued.id}: ${found.failure.text}`);
  const [recipient] = found.value;
  if (recipient === undefined) throw new Error(`${issued.id}: the world's directory has no address for IK ${payerIk}.`);
  const mail = outgoingMail({
    kind: 'certificate',
    documentId,
    attemptId: documentIdOf(namespace, `${issued.id}/attempt`, 1),
    signed: signature,
    to: recipient.address,
    sentAt: issued.timestamp,
    test: true,
  });
  await writeFile(join(to, `${issued.id}.p7s`), signature);
  await writeFile(join(to, `${issued.id}.eml`), await composeMail(world.connections.mail.address, mail));
}

async function refuse(id: string, refusal: Refusal): Promise<'refused'> {
  await keepJson(`${id}.error.json`, refusal);
  return 'refused';
}

async function keepJson(name: string, value: unknown): Promise<void> {
  await writeFile(join(to, name), `${JSON.stringify(value, null, 2)}\n`);
}
