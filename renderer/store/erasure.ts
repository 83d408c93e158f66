import { z } from 'zod';
import type { Clock } from '../domain/clock';
import type { ErasureGround } from '../domain/audit';
import type { ErasedData } from '../domain/erasure';
import { isOwed } from '../domain/owed';
import type { StoredRecord } from '../domain/record';
import type { Database } from './database';
import type { EventLog } from './event-log';
import type { StorageFailure } from './failures';
import type { Journal } from './journal';
import { isNobodys, type PatientKeys } from './patient-keys';
import type { Records } from './records';
import { openValue, sealValue } from './rows';
import type { SearchIndex } from './search-index';
import type { Summary } from './summaries';
import type { Writer } from './writer';

/** A patient whose data may be erased: everything is done, and the last of it older than the retention. */
export interface Erasable {
  /** The patient's key. */
  readonly keyId: string;
  /** «Königsstein, Dr. Ludger» */
  readonly name: string;
  readonly birthDate: string;
  readonly certificates: number;
  /** When anything happened last (UTC). */
  readonly lastAt: string;
}

/** Erasing before the retention ends: why, and in the doctor's own words. */
export interface ErasureRequest {
  readonly ground: Exclude<ErasureGround, 'retention'>;
  readonly note: string;
}

/** What erasing a patient would mean now. Instants in UTC. */
export interface ErasureOutlook {
  readonly certificates: number;
  readonly isOwed: boolean;
  /** When anything happened last. */
  readonly lastAt: string;
  /** Until when the practice keeps it. */
  readonly keptUntil: string;
}

/** What became of erasing: what the practice's certificate of it says. */
export type ErasureCertificate = ErasedData & { readonly kind: 'erased' };

interface Means {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly keys: PatientKeys;
  readonly index: SearchIndex;
  readonly records: Records;
  readonly writer: Writer;
  readonly log: EventLog;
  readonly practiceKey: Uint8Array;
  readonly user: () => string;
}

/** Keys whose copy on disk is still to be taken away, in `meta`. */
const forgetting = 'forgetting';
const forgettingSchema = z.array(z.string());

/** Deleting what is past its retention, by taking the key away. */
export class Erasure {
  readonly #database: Database;
  readonly #means: Means;

  constructor(database: Database, means: Means) {
    this.#database = database;
    this.#means = means;
  }

  /** Who may be erased; nobody of whom anything is owed, and no draft of this time. */
  async proposals(retentionYears: number): Promise<Erasable[]> {
    const { index, clock } = this.#means;
    const cutOff = new Date(clock.now());
    cutOff.setUTCFullYear(cutOff.getUTCFullYear() - retentionYears);
    const limit = cutOff.toISOString();
    // Newest first: the first one of a patient is the last that was recorded.
    const newestOf = new Map<string, Summary>();
    for (const summary of await index.summaries(await index.search('')))
      if (!newestOf.has(summary.keyId)) newestOf.set(summary.keyId, summary);
    const found: Erasable[] = [];
    for (const [keyId, summary] of newestOf) {
      const newest = summary.createdAt;
      if (newest >= limit) continue;
      const records = await this.#means.records.ofPatient(keyId);
      const lastAt = records.map(lastOf).reduce((latest, at) => (at > latest ? at : latest), newest);
      if (records.some(isOwed) || lastAt >= limit) continue;
      found.push({ keyId, name: summary.name, birthDate: summary.birthDate, certificates: records.length, lastAt });
    }
    return found.sort((a, b) => (a.lastAt < b.lastAt ? -1 : 1));
  }

  /** What stands in the way of erasing a patient, or would be gone; `null`: no such patient. */
  async outlook(keyId: string, retentionYears: number): Promise<ErasureOutlook | null> {
    const records = await this.#means.records.ofPatient(keyId);
    const [lastAt] = records.map(lastOf).sort().reverse();
    if (lastAt === undefined) return null;
    const kept = new Date(lastAt);
    kept.setUTCFullYear(kept.getUTCFullYear() + retentionYears);
    return {
      certificates: records.length,
      isOwed: records.some(isOwed),
      lastAt,
      keptUntil: kept.toISOString(),
    };
  }

  /**
   * Takes a patient's keys and rows away. Nothing owed can be erased (`owed`). The events stay, as links that nobody can read. `request`: before the
   * retention ends.
   */
  async erase(
    keyId: string,
    request: ErasureRequest | null = null,
  ): Promise<ErasureCertificate | { readonly kind: 'owed' } | StorageFailure> {
    const { ground, note } = request ?? { ground: 'retention' as const, note: '' };
    const { writer, log, index, keys, clock } = this.#means;
    const { records, events, documents, mails, patients, patientKeys } = this.#database;
    const opened = await this.#means.records.ofPatient(keyId);
    if (opened.some(isOwed)) return { kind: 'owed' };
    const recordIds = opened.map(({ id }) => id);
    const written = await writer.write(
      ['records', 'events', 'documents', 'mails', 'patients', 'meta', 'checkpoints'],
      async (write) => {
        const now = await records.where('keyId').equals(keyId).primaryKeys();
        // Something was recorded since it was looked at: it would go unseen.
        if (now.some((id) => !recordIds.includes(id))) return null;
        const told = await events.where('recordId').anyOf(recordIds).toArray();
        const used = [...new Set([keyId, ...told.flatMap((event) => event.keyId ?? [])])];
        const rows = await patientKeys.bulkGet(used);
        const keyIds = used.filter((id, at) => id === keyId || isNobodys(rows[at]));
        const documentKeys = await documents.where('recordId').anyOf(recordIds).primaryKeys();
        const mailKeys = await mails.where('recordId').anyOf(recordIds).primaryKeys();
        recordIds.forEach((id) => write.remove('records', id));
        documentKeys.forEach((key) => write.remove('documents', key));
        mailKeys.forEach((key) => write.remove('mails', key));
        if ((await patients.get(keyId)) !== undefined) write.remove('patients', keyId);
        await patientKeys.bulkDelete(keyIds);
        const pending = [...(await this.#forgetting()), ...keyIds];
        const sealed = sealValue('meta', forgetting, write.number, pending, this.#means.practiceKey);
        write.put('meta', forgetting, { key: forgetting, write: write.number, sealed });
        const counts = { documents: documentKeys.length, mails: mailKeys.length };
        await log.audit(write, { type: 'erased', keyId, recordIds, ...counts, ground, note });
        return { keyIds, ...counts };
      },
      { beside: ['patientKeys'], needsJournal: true },
    );
    if (written.kind === 'storage-failed') return written;
    if (written.value === null) return { kind: 'owed' };
    written.value.keyIds.forEach((id) => keys.forget(id));
    this.#means.records.forgetOpened();
    await index.remove(new Set(recordIds));
    const days = opened.map(({ createdAt }) => createdAt).sort();
    return {
      kind: 'erased',
      at: clock.now().toISOString(),
      by: this.#means.user(),
      recordIds,
      ...written.value,
      from: days[0] ?? '',
      until: days.at(-1) ?? '',
      copies: (await this.forgetCopies()) ? 'gone' : 'pending',
      ground,
      note,
    };
  }

  /** Takes the copies on disk of erased patients' keys away, as far as that is still to be done. Whether all are gone. */
  async forgetCopies(): Promise<boolean> {
    const { journal, writer, practiceKey } = this.#means;
    const pending = await this.#forgetting();
    if (pending.length === 0) return true;
    const outcomes = await Promise.all(pending.map((id) => journal.forgetPatientKey(id)));
    const gone = pending.filter((_, at) => outcomes[at]?.kind === 'written');
    const written = await writer.write(
      ['meta'],
      async (write) => {
        // Compared with a copy that still had them, the database may have taken them back.
        await this.#database.patientKeys.bulkDelete(gone);
        const left = (await this.#forgetting()).filter((id) => !gone.includes(id));
        if (left.length === 0) write.remove('meta', forgetting);
        else {
          const sealed = sealValue('meta', forgetting, write.number, left, practiceKey);
          write.put('meta', forgetting, { key: forgetting, write: write.number, sealed });
        }
      },
      { beside: ['patientKeys'] },
    );
    gone.forEach((id) => this.#means.keys.forget(id));
    return written.kind === 'done' && gone.length === pending.length;
  }

  async #forgetting(): Promise<string[]> {
    const row = await this.#database.meta.get(forgetting);
    const opened = row === undefined ? null : openValue('meta', forgetting, row, this.#means.practiceKey);
    return opened === null ? [] : forgettingSchema.parse(opened.value);
  }
}

/** When anything happened to a record last. */
function lastOf({ state, createdAt }: StoredRecord): string {
  return state.since > createdAt ? state.since : createdAt;
}
