import type { Host } from '../../electron/contract/host';
import { sha256Hex } from '../domain/event-chain';
import type { EventDetail } from '../domain/event';
import type { CertificateContent } from '../domain/certificate';
import type { StoredRecord } from '../domain/record';
import { sendingOf, type PaperOnlyRule } from '../domain/sending';
import { documentIdOf } from '../fhir/document-identity';
import { largestDocument, readCertificate, type UnusableReason } from '../fhir/read-certificate';
import type { DocumentRow } from '../store/database';
import type { Setup, Store } from '../store/store';
import { fromBase64, toBase64 } from './bytes';
import { notWrittenObstacle } from './obstacles';
import type { Obstacle } from './office';
import { isIssuersCard, isPracticesCard } from './signer';
import type { Clock } from '../domain/clock';

/** A file that the practice software left unsent. */
export interface UnsentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Why a file isn't taken over; texts `owed.import.refused.<reason>`. */
export type ImportRefusal =
  | UnusableReason
  /** Not named as the eAU prescribes (P310-03), so that it doesn't say whether it is a test. */
  | 'name'
  /** Named after another document than the one in it. */
  | 'other-name'
  | 'production-in-rehearsal'
  | 'test-in-live'
  | 'signature'
  /** Signed by somebody who is neither issuer nor practice. */
  | 'other-signer'
  /** The same document is here with other bytes: insurers reject the second (eau.md section 7). */
  | 'other-bytes'
  /** It was taken over before and discarded. */
  | 'discarded';

/** What became of a file. */
export type Importing =
  | { readonly kind: 'imported'; readonly record: StoredRecord }
  | { readonly kind: 'already-here'; readonly record: StoredRecord }
  | { readonly kind: 'refused'; readonly reason: ImportRefusal; readonly detail: string }
  /** It isn't sent at all, whoever made it (eau.md section 4). */
  | { readonly kind: 'paper-only'; readonly rule: PaperOnlyRule }
  | Obstacle;

/** Larger than any signed eAU; bytes. More of a file needn't be read. */
export const largestFile = 2 * largestDocument;

interface Opened {
  readonly kind: 'opened';
  readonly xml: Uint8Array;
  /** Signed already: the file's bytes are what is sent. */
  readonly signer: Parameters<typeof isIssuersCard>[1] | null;
}

type Refused = Extract<Importing, { kind: 'refused' }>;

const refused = (reason: ImportRefusal, detail = ''): Refused => ({ kind: 'refused', reason, detail });

/**
 * Takes over one document that another program made and left unsent: an eAU as XML, which is signed here unchanged, or signed (`.p7s`), of which exactly these
 * bytes are sent. Checked before anything is written; record, events and bytes are written together or not at all.
 */
export async function importFile(
  means: { store: Store; host: Host; clock: Clock },
  setup: Setup,
  file: UnsentFile,
): Promise<Importing> {
  const named = readName(file.name, setup.settings.mode);
  if (named.kind === 'refused') return named;
  if (file.bytes.byteLength > largestFile) return refused('too-large');
  const opened = named.isSigned ? await openSigned(means.host, setup, file.bytes) : unsigned(file.bytes);
  if (opened.kind === 'refused') return opened;
  const reading = readCertificate(opened.xml);
  if (reading.kind === 'unusable') return refused(reading.reason, reading.detail);
  const { documentId, content } = reading;
  if (documentId !== named.documentId) return refused('other-name', documentId);
  const card = opened.signer === null ? null : cardOf(setup, content, opened.signer);
  if (opened.signer !== null && card === null) return refused('other-signer', opened.signer.commonName);
  const sending = sendingOf(content);
  if (sending.kind === 'paper-only') return sending;
  const before = await alreadyHere(means.store, documentId, opened, file.bytes);
  if (before !== null) return before;

  const xmlSha256 = sha256Hex(opened.xml);
  const at = means.clock.now().toISOString();
  // The same document has the same record id in this installation: a second window can't take it over a second time.
  const id = documentIdOf(means.store.namespace, `imported/${documentId}`, 1);
  const row = { documentId, recordId: id, timestamp: reading.timestamp, xml: opened.xml, signedAt: at };
  const document: DocumentRow =
    opened.signer === null
      ? { ...row, signedSha256: xmlSha256, number: 0, signed: new Uint8Array() }
      : { ...row, signedSha256: sha256Hex(file.bytes), number: 1, signed: file.bytes };
  const imported: EventDetail = {
    type: 'imported',
    origin: { fileName: file.name, kind: opened.signer === null ? 'xml' : 'signed' },
    documentId,
    xmlSha256,
  };
  const signed: readonly EventDetail[] =
    opened.signer === null || card === null
      ? []
      : [
          {
            type: 'signed',
            documentId,
            number: 1,
            xmlSha256,
            signedSha256: document.signedSha256,
            signer: { card, commonName: opened.signer.commonName, reason: null },
          },
        ];
  const change = await means.store.records.create(
    { id, kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
    [{ type: 'recorded' }, imported, ...signed],
    { documents: [document] },
  );
  if (change.kind === 'written') return { kind: 'imported', record: change.record };
  return (
    (change.kind === 'conflict' ? await alreadyHere(means.store, documentId, opened, file.bytes) : null) ??
    notWrittenObstacle(change)
  );
}

/** P310-03: `EEAU0_<id>.xml` or `.p7s`, and with a leading `T` in test mode and only there. */
function readName(
  name: string,
  mode: Setup['settings']['mode'],
): { readonly kind: 'named'; readonly documentId: string; readonly isSigned: boolean } | Refused {
  const match = /^([ET])EAU0_(Storno_)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(xml|p7s)$/i.exec(name);
  const [, letter, cancellation, documentId, extension] = match ?? [];
  if (letter === undefined || documentId === undefined || extension === undefined) return refused('name');
  if (cancellation !== undefined) return refused('cancellation');
  const isTest = letter.toUpperCase() === 'T';
  if (mode === 'rehearsal' && !isTest) return refused('production-in-rehearsal');
  if (mode === 'live' && isTest) return refused('test-in-live');
  return { kind: 'named', documentId: documentId.toLowerCase(), isSigned: extension.toLowerCase() === 'p7s' };
}

function unsigned(xml: Uint8Array): Opened {
  return { kind: 'opened', xml, signer: null };
}

async function openSigned(host: Host, setup: Setup, bytes: Uint8Array): Promise<Opened | Refused> {
  const opening = await host.connector.openSigned({
    connection: setup.connections.connector,
    signed: toBase64(bytes),
  });
  if (opening.kind === 'failed') return refused('signature', opening.failure.text);
  const { content, signer } = opening.value;
  return { kind: 'opened', xml: fromBase64(content), signer };
}

/** Whose card signed: the issuer's or the responsible doctor's, or the practice's; `null`: somebody else's. */
function cardOf(
  setup: Setup,
  { issuer, responsible, practice }: CertificateContent,
  signer: Parameters<typeof isIssuersCard>[1],
): 'HBA' | 'SMC-B' | null {
  const isDoctors = [issuer, responsible].some((person) => person !== null && isIssuersCard(person, signer));
  if (isDoctors) return 'HBA';
  return [practice, setup.settings.practice].some((one) => isPracticesCard(one, signer)) ? 'SMC-B' : null;
}

async function alreadyHere(
  store: Store,
  documentId: string,
  opened: Opened,
  bytes: Uint8Array,
): Promise<Importing | null> {
  const record = await store.records.byDocument(documentId);
  if (record === null) return null;
  const documents = await store.records.documents(record.id);
  const hash = sha256Hex(bytes);
  const isSame = documents.some(({ signedSha256, xml }) =>
    opened.signer === null ? sha256Hex(xml) === hash : signedSha256 === hash,
  );
  if (!isSame) return refused('other-bytes');
  return record.state.stage === 'discarded' ? refused('discarded') : { kind: 'already-here', record };
}
