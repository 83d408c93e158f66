import Dexie, { type EntityTable } from 'dexie';
import type { CertificateContent } from '../domain/certificate';
import type { RecordEvent } from '../domain/event';
import type { Outage } from '../domain/outage';
import type { Payer } from '../domain/payer';
import type { RecordState, StageName } from '../domain/state';

/** A certificate or a cancellation, with its state as of its last event. The state is a copy: the events are the truth. */
export interface RecordRow {
  id: string;
  kind: 'certificate' | 'cancellation';
  createdAt: string;
  /** Copy of `state.stage`, for the index. */
  stage: StageName;
  state: RecordState;
  content: CertificateContent;
  /** Certificates: which one this corrects. */
  corrects: string | null;
  coverageSource: 'typed' | 'card';
  /** Cancellations: what is cancelled. */
  cancels: { certificateId: string; documentId: string } | null;
}

/** The signed bytes, stored before the first attempt and sent again exactly so. */
export interface DocumentRow {
  /** SHA-256 of the signed bytes: the same document signed again (insurer errors 201–204) is another row. */
  signedSha256: string;
  documentId: string;
  recordId: string;
  number: number;
  /** Instant in the document: stored, so that making it twice gives the same bytes. */
  timestamp: string;
  xml: Uint8Array;
  signed: Uint8Array;
  signedAt: string;
}

/** A message fetched from the practice's mailbox, kept whatever it turned out to be. */
export interface MailRow {
  key: string;
  account: string;
  uid: string;
  fetchedAt: string;
  header: Uint8Array;
  /** `null`: mail of another service, left alone. */
  raw: Uint8Array | null;
  status: 'matched' | 'unmatched' | 'unreadable' | 'foreign';
  /** What it says, in a word for the list: `receipt`, `insurer-error` … */
  what: string;
  recordId: string | null;
}

export interface PatientRow {
  id: string;
  patient: CertificateContent['patient'];
  coverage: CertificateContent['coverage'];
  usedAt: string;
}

export interface CatalogueRow {
  year: string;
  source: string;
  importedAt: string;
  entries: unknown;
}

/** Where the insurer's intake was found last (directory), checked once a day. */
export interface RecipientRow {
  payerId: string;
  payerIk: string;
  address: string;
  checkedAt: string;
}

/** What gematik's TI-Lagebild said at one of its probes; only what was out, so that 14 days stay small. */
export interface LagebildRow {
  /** When gematik probed. */
  at: string;
  /** gematik's judgement on each service: those that were not all right. */
  services: Record<string, 'partial' | 'full'>;
  /** Components that did not answer. */
  down: { organization: string; product: string }[];
}

/** A thing to remember about noticing, told or dismissed. */
export interface NoticingRow {
  key: string;
  value: unknown;
}

export interface MetaRow {
  key: string;
  value: unknown;
}

/** The version this program writes. A database from a newer program is opened by that program only. */
const databaseVersion = 2;
/** The same as IndexedDB counts it: Dexie multiplies by ten. */
export const nativeVersion = databaseVersion * 10;

/** The tables. Every change to them is a new numbered version with its upgrade, and a test that upgrades the old one. */
export class Database extends Dexie {
  declare records: EntityTable<RecordRow, 'id'>;
  declare events: EntityTable<RecordEvent, 'sequence'>;
  declare documents: EntityTable<DocumentRow, 'signedSha256'>;
  declare mails: EntityTable<MailRow, 'key'>;
  declare outages: EntityTable<Outage, 'id'>;
  declare payers: EntityTable<Payer, 'id'>;
  declare patients: EntityTable<PatientRow, 'id'>;
  declare catalogues: EntityTable<CatalogueRow, 'year'>;
  declare recipients: EntityTable<RecipientRow, 'payerId'>;
  declare meta: EntityTable<MetaRow, 'key'>;
  declare lagebild: EntityTable<LagebildRow, 'at'>;
  declare noticing: EntityTable<NoticingRow, 'key'>;

  constructor(name: string) {
    // Strict: a write that was acknowledged is on the disk, whatever happens to the process or the machine.
    super(name, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({
      records: 'id, stage, createdAt',
      events: 'sequence, &id, recordId',
      documents: 'signedSha256, recordId, documentId',
      mails: 'key, status, fetchedAt, recordId',
      outages: 'id, startedAt',
      payers: 'id, *iks',
      patients: 'id, usedAt',
      catalogues: 'year',
      recipients: 'payerId',
      meta: 'key',
    });
    // What the program notices by itself: nothing personal in either.
    this.version(databaseVersion).stores({ lagebild: 'at', noticing: 'key' });
  }
}
