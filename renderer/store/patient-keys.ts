import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { CertificateContent } from '../domain/certificate';
import type { Damages } from './damages';
import type { Database, PatientKeyRow } from './database';
import type { StorageFailure } from './failures';
import type { Journal } from './journal';
import { openRecord, type PatientKey } from './rows';
import { keyBytes, newKey, seal, unseal } from './sealing';

/** The index of a key of which it isn't known yet whose it is begins so. */
const nobody = 'nobody:';

/** So many records of a key are looked at to see whose it is. */
const fewRecords = 5;

/** The index of a key of which it isn't known whose it is. */
export function nobodysIndex(id: string): string {
  return `${nobody}${id}`;
}

/** A key to write with, and what the table of keys has to be told in the same transaction. */
export interface PreparedKey extends PatientKey {
  /** `held`: it stands there. `new`: it is added. `named`: now it is known whose it is. */
  readonly how: 'held' | 'new' | 'named';
  readonly row: PatientKeyRow;
}

/** A key is gone, or doesn't open: another window erased the patient meanwhile, or the row was changed. */
export class KeyGone extends Error {
  readonly id: string;

  constructor(id: string) {
    super(`The patient key ${id} is gone.`);
    this.id = id;
  }
}

/**
 * Whom a certificate is about, as the keys tell people apart: the insured id, without one name and birth date. `null`: not complete enough to
 * say.
 */
export function identityOf({ patient, coverage }: Pick<CertificateContent, 'patient' | 'coverage'>): string | null {
  if (coverage.insuredId !== null && coverage.insuredId !== '') return coverage.insuredId;
  const { family, given, birthDate } = patient;
  return family === '' || given === '' || birthDate === '' ? null : [family, given, birthDate].join('\n');
}

/** The keys of patients: one each, wrapped by the clinical key, found by a blind index. */
export class PatientKeys {
  readonly #database: Database;
  readonly #journal: Journal;
  readonly #clinical: Uint8Array;
  readonly #former: readonly Uint8Array[];
  readonly #indexKey: Uint8Array;
  readonly #newId: () => string;
  readonly #damages: Damages | null;
  readonly #open = new Map<string, Uint8Array>();
  /** Rows found before, by index; whether one still stands is looked at in the write itself (`standing`). */
  readonly #found = new Map<string, PatientKeyRow>();
  /** By key: whose it was seen to be, by what it sealed. */
  readonly #proven = new Map<string, string>();

  constructor(
    database: Database,
    means: {
      journal: Journal;
      clinical: Uint8Array;
      former?: readonly Uint8Array[];
      newId: () => string;
      damages?: Damages;
    },
  ) {
    this.#former = means.former ?? [];
    this.#damages = means.damages ?? null;
    this.#database = database;
    this.#journal = means.journal;
    this.#clinical = means.clinical;
    this.#newId = means.newId;
    this.#indexKey = hkdf(sha256, means.clinical, undefined, utf8ToBytes('ersatzschein patient index'), keyBytes);
  }

  /** The blind index of a patient: tells nothing to whom has no clinical key. */
  indexOf(identity: string): string {
    return bytesToHex(hmac(sha256, this.#indexKey, utf8ToBytes(identity)));
  }

  /** Opens these keys, as far as they are there. */
  async load(ids: Iterable<string>): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.#open.has(id));
    if (wanted.length === 0) return;
    for (const row of await this.#database.patientKeys.bulkGet(wanted)) if (row !== undefined) this.#unwrap(row);
  }

  /** A key that was loaded; `null`: erased, or not to be opened. */
  key(id: string): Uint8Array | null {
    return this.#open.get(id) ?? null;
  }

  /** A key that was erased opens nothing any more, in memory either. */
  forget(id: string): void {
    this.#open.get(id)?.fill(0);
    this.#open.delete(id);
    for (const [index, row] of this.#found) if (row.id === id) this.#found.delete(index);
  }

  /** The key of a patient seen before, or `null`. */
  async find(identity: string): Promise<PatientKeyRow | null> {
    return (await this.#database.patientKeys.where('index').equals(this.indexOf(identity)).first()) ?? null;
  }

  /**
   * The key for a certificate of this content. A draft that isn't known yet to be about anybody has a key of nobody, which becomes the
   * patient's own when the content is locked (`settled`) and the patient is new.
   */
  async prepare(
    content: Pick<CertificateContent, 'patient' | 'coverage'>,
    current: string | null,
    settled: boolean,
  ): Promise<PreparedKey | StorageFailure> {
    const identity = identityOf(content);
    const held = current === null ? undefined : await this.#database.patientKeys.get(current);
    if (identity !== null) {
      if (held?.index === this.indexOf(identity)) return this.#held(held);
      const known = this.#found.get(this.indexOf(identity)) ?? (await this.find(identity));
      if (known !== null) return this.#heldBy(known, identity);
    }
    if (held?.index.startsWith(nobody) === true) {
      const key = this.#held(held);
      if (!settled || identity === null) return key;
      return { ...key, how: 'named', row: { ...held, index: this.indexOf(identity) } };
    }
    return this.#new(settled && identity !== null ? this.indexOf(identity) : null);
  }

  /** The key of a patient by identity, new where there is none. */
  async prepareFor(identity: string): Promise<PreparedKey | StorageFailure> {
    const known = await this.find(identity);
    return known === null ? this.#new(this.indexOf(identity)) : this.#heldBy(known, identity);
  }

  /** In the transaction that writes with it: a held key, seen to stand there still; `null`: one for `commit`. */
  async standing(prepared: PreparedKey): Promise<PatientKey | null> {
    if (prepared.how !== 'held') return null;
    const row = await this.#database.patientKeys.get(prepared.id);
    if (row?.index !== prepared.row.index) throw new KeyGone(prepared.id);
    return prepared;
  }

  /** In the transaction that writes with it: puts down a new key. Of two windows that made one for the same patient, the first one's counts. */
  async commit(prepared: PreparedKey): Promise<PatientKey> {
    const { patientKeys } = this.#database;
    if (prepared.how !== 'new' && (await patientKeys.get(prepared.id)) === undefined) throw new KeyGone(prepared.id);
    if (prepared.how === 'held') return prepared;
    const other = await patientKeys.where('index').equals(prepared.row.index).first();
    if (other !== undefined && other.id !== prepared.id) return this.#held(other);
    await patientKeys.put(prepared.row);
    this.#open.set(prepared.id, prepared.key);
    return prepared;
  }

  /** The index stands in the open: what the key sealed before must be about the same patient, else nothing more is sealed with it. */
  async #heldBy(row: PatientKeyRow, identity: string): Promise<PreparedKey> {
    const held = this.#held(row);
    if (this.#proven.get(row.id) === identity) return held;
    const records = await this.#database.records.where('keyId').equals(row.id).limit(fewRecords).toArray();
    const settled = records.find(({ stage }) => stage !== 'recorded');
    const record = settled === undefined ? null : openRecord(settled, held.key);
    if (record !== null && identityOf(record.row.content) !== identity) {
      this.#damages?.note({ table: 'patientKeys', key: row.id, what: 'closed' });
      throw new KeyGone(row.id);
    }
    if (record !== null) {
      this.#proven.set(row.id, identity);
      this.#found.set(row.index, row);
    }
    return held;
  }

  #held(row: PatientKeyRow): PreparedKey {
    const key = this.#open.get(row.id) ?? this.#unwrap(row);
    if (key === null) throw new KeyGone(row.id);
    return { id: row.id, key, how: 'held', row };
  }

  async #new(index: string | null): Promise<PreparedKey | StorageFailure> {
    const id = this.#newId();
    const key = newKey();
    const wrapped = seal(this.#clinical, ['patientKeys', id], key);
    // Beside the journal before anything is sealed with it: a row whose key is lost would be lost itself.
    const kept = await this.#journal.keepPatientKey(id, wrapped);
    if (kept.kind === 'failed')
      return { kind: 'storage-failed', reason: 'not-journaled', text: `${kept.reason}: ${kept.text}` };
    return { id, key, how: 'new', row: { id, index: index ?? nobodysIndex(id), wrapped } };
  }

  #unwrap(row: PatientKeyRow): Uint8Array | null {
    const key = unwrapPatientKey(row, [this.#clinical, ...this.#former]);
    if (key === null) this.#damages?.note({ table: 'patientKeys', key: row.id, what: 'closed' });
    else this.#open.set(row.id, key);
    return key;
  }
}

/** Opens a patient's key with the first of these clinical keys that does; `null`: none. */
export function unwrapPatientKey(
  { id, wrapped }: Pick<PatientKeyRow, 'id' | 'wrapped'>,
  clinical: readonly Uint8Array[],
): Uint8Array | null {
  for (const one of clinical) {
    const key = unseal(one, ['patientKeys', id], wrapped);
    if (key !== null) return key;
  }
  return null;
}

/** Whether a key is of a draft of which it never became known whose it is. */
export function isNobodys(row: PatientKeyRow | undefined): boolean {
  return row?.index.startsWith(nobody) === true;
}
