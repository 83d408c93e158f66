import Dexie, { type DBCore, type EntityTable } from 'dexie';
import type { CertificateContent } from '../domain/certificate';
import type { Payer } from '../domain/payer';
import type { RecordState, StageName } from '../domain/state';
import type { PayerFileEntriesRow, PayerFileRow } from './payers';

/*
 * First what the program works with, in the open; below, the same as it stands in the database: what must be searched in plain words beside
 * `sealed`, which holds the rest. A name, an insured id, a diagnosis, a reason, a mail's text never stands in the open.
 */

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
  /**
   * SHA-256 of the signed bytes: the same document signed again (insurer errors 201–204) is another row. A document of another program that still has to be
   * signed is kept under its XML's hash, with number 0 and nothing in `signed`.
   */
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

/** What every row has that goes to the journal too: the number of the write that put it. */
export interface Written {
  write: number;
}

/** A row whose content is closed: AES-256-GCM, bound to table, key and write (`rows.ts`). */
export interface Sealed extends Written {
  sealed: Uint8Array;
}

export interface SealedRecord extends Sealed {
  id: string;
  stage: StageName;
  createdAt: string;
  /** The patient's key. */
  keyId: string;
}

/** A link of the chain. `keyId` null: sealed with the practice's key, and of no record. */
export interface SealedEvent extends Sealed {
  sequence: number;
  id: string;
  recordId: string | null;
  at: string;
  user: string;
  keyId: string | null;
  previousHash: string;
  hash: string;
}

export interface SealedDocument extends Sealed {
  signedSha256: string;
  documentId: string;
  recordId: string;
  keyId: string;
}

/** `keyId` null: about no patient we know, sealed with the clinical key. */
export interface SealedMail extends Sealed {
  key: string;
  status: MailRow['status'];
  fetchedAt: string;
  recordId: string | null;
  keyId: string | null;
}

/** A patient seen before. */
export interface SealedPatient extends Sealed {
  keyId: string;
  usedAt: string;
}

export interface SealedOutage extends Sealed {
  id: string;
  startedAt: string;
}

export interface SealedMeta extends Sealed {
  key: string;
}

/**
 * Where an insurer's intake was found last, as it stands in the database (`recipients.ts`). In no journal, so it has no write. Rows of before stand in the open and
 * aren't believed.
 */
export interface StoredRecipient extends Partial<Omit<RecipientRow, 'payerId'>> {
  payerId: string;
  sealed?: Uint8Array;
}

/** Up to where the chain was known to hold. */
export interface SealedCheckpoint extends Sealed {
  sequence: number;
}

/**
 * A patient's key, wrapped by the clinical key. `index`: by what the patient is found (blind), or a random one while it isn't known who it
 * is. In neither journal nor chain: it must be able to vanish.
 */
export interface PatientKeyRow {
  id: string;
  index: string;
  wrapped: Uint8Array;
}

/** What search goes by, packed; a cache that can be made again from the records. */
export interface SearchBlockRow {
  id: string;
  sealed: Uint8Array;
}

/** One record's entry of the search index that is in no block yet. */
export interface SearchTailRow extends Written {
  recordId: string;
  createdAt: string;
  /** The record's content is locked: its entry may go into a block. */
  settled: 0 | 1;
  sealed: Uint8Array;
}

export interface CounterRow {
  name: string;
  value: number;
}

/** The version this program writes. A database of a newer program is read by this one, and not written. */
export const databaseVersion = 2;
/** The same as IndexedDB counts it: Dexie multiplies by ten. */
export const nativeVersion = databaseVersion * 10;

/**
 * What the browser calls the database. Version 1 was plain and stood under the bare name; it is sealed into this one and deleted as a whole
 * (`from-version-1.ts`), because the browser clears a deleted database's bytes away, and those of single deleted rows it keeps for long.
 */
export function vaultName(name: string): string {
  return `${name}-vault`;
}

/** The tables, each with its key and indexes. */
const tables = {
  records: 'id, stage, createdAt, keyId, write',
  events: 'sequence, &id, recordId, write',
  documents: 'signedSha256, recordId, documentId, write',
  mails: 'key, status, fetchedAt, recordId, write',
  outages: 'id, startedAt, write',
  payers: 'id, *iks, write',
  payerFiles: 'id, write',
  payerFileEntries: 'id, write',
  patients: 'keyId, usedAt, write',
  catalogues: 'year, write',
  meta: 'key, write',
  checkpoints: 'sequence, write',
  patientKeys: 'id, &index',
  recipients: 'payerId',
  searchBlocks: 'id',
  searchTail: 'recordId, settled',
  counters: 'name',
  // What the program notices by itself: nothing personal in either.
  lagebild: 'at',
  noticing: 'key',
};

/** The tables. Every change to them is a new numbered version with its upgrade, and a test that upgrades the old one. */
export class Database extends Dexie {
  declare records: EntityTable<SealedRecord, 'id'>;
  declare events: EntityTable<SealedEvent, 'sequence'>;
  declare documents: EntityTable<SealedDocument, 'signedSha256'>;
  declare mails: EntityTable<SealedMail, 'key'>;
  declare outages: EntityTable<SealedOutage, 'id'>;
  declare payers: EntityTable<Payer & Written, 'id'>;
  declare payerFiles: EntityTable<PayerFileRow & Written, 'id'>;
  declare payerFileEntries: EntityTable<PayerFileEntriesRow & Written, 'id'>;
  declare patients: EntityTable<SealedPatient, 'keyId'>;
  declare catalogues: EntityTable<CatalogueRow & Written, 'year'>;
  declare meta: EntityTable<SealedMeta, 'key'>;
  declare checkpoints: EntityTable<SealedCheckpoint, 'sequence'>;
  declare patientKeys: EntityTable<PatientKeyRow, 'id'>;
  declare recipients: EntityTable<StoredRecipient, 'payerId'>;
  declare lagebild: EntityTable<LagebildRow, 'at'>;
  declare noticing: EntityTable<NoticingRow, 'key'>;
  declare searchBlocks: EntityTable<SearchBlockRow, 'id'>;
  declare searchTail: EntityTable<SearchTailRow, 'recordId'>;
  declare counters: EntityTable<CounterRow, 'name'>;

  /** Opened as it is, whatever its version, and guarded against every write: of a newer program, or beside the page. */
  readonly isReadOnly: boolean;
  /** The name that its vault goes by. */
  readonly vault: string;

  constructor(name: string, how: 'ours' | 'read-only' = 'ours') {
    // Strict: a write that was acknowledged is on the disk, whatever happens to the process or the machine.
    super(vaultName(name), { chromeTransactionDurability: 'strict' });
    this.vault = name;
    this.isReadOnly = how === 'read-only';
    if (this.isReadOnly) {
      // Without versions of its own, Dexie takes the tables as they stand there.
      this.use({ stack: 'dbcore', name: 'read only', create: readOnly });
      return;
    }
    this.version(databaseVersion).stores(tables);
  }
}

/** Opens a newer program's vault as it is, for reading. The names of the tables that it lacks, or none. */
export async function openAsItIs(database: Database): Promise<readonly string[]> {
  await database.open();
  // Dexie names the tables it finds, and doesn't put them on the object.
  for (const table of database.tables)
    if (!(table.name in database)) Object.defineProperty(database, table.name, { value: table });
  return Object.keys(tables).filter((name) => !database.tables.some((table) => table.name === name));
}

/** Refuses every transaction that could write. */
function readOnly(core: DBCore): DBCore {
  return {
    ...core,
    transaction: (stores, mode, options) => {
      if (mode === 'readwrite') throw new DOMException('The data are of a newer program.', 'ReadOnlyError');
      return core.transaction(stores, mode, options);
    },
  };
}

/** The tables that stand in the journal too, with the name of each one's key. */
export const journaledTables = {
  records: 'id',
  events: 'sequence',
  documents: 'signedSha256',
  mails: 'key',
  outages: 'id',
  payers: 'id',
  payerFiles: 'id',
  payerFileEntries: 'id',
  patients: 'keyId',
  catalogues: 'year',
  meta: 'key',
  checkpoints: 'sequence',
} as const;
export type JournaledTable = keyof typeof journaledTables;
