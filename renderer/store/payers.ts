import type { Payer } from '../domain/payer';
import type { Database } from './database';
import { isSame, withoutWrite } from './plain-rows';
import type { Write } from './write';
import type { MustWrite } from './writer';

/** A version of the insurer file as it was imported. Kept beside the others, so that one can go back. */
export interface PayerFileRow {
  /** SHA-256 of the file. */
  id: string;
  fileName: string;
  importedAt: string;
  /** ISO days. */
  validFrom: string;
  validUntil: string | null;
  producedOn: string | null;
  /** So many entries, for lists that needn't read them. */
  count: number;
  /** The list in force was made from this version: for which day, and when it will be another (ISO days). */
  inForce: { madeFor: string; changesOn: string | null } | null;
}

/** The entries of a version, apart from what lists show of it. */
export interface PayerFileEntriesRow {
  id: string;
  entries: unknown;
}

/** Which version the list was made from, for which day, and when it will be another (ISO days). */
export interface PayersInForce {
  readonly fileId: string;
  readonly madeFor: string;
  readonly changesOn: string | null;
}

/**
 * The insurers: thousands, read often and changed four times a year. The list is kept in memory and read anew only when its revision says that
 * it changed, in this window or another.
 */
export class Payers {
  readonly #database: Database;
  readonly #mustWrite: MustWrite;
  #known: { readonly revision: number; readonly payers: readonly Payer[] } | null = null;

  constructor(database: Database, mustWrite: MustWrite) {
    this.#database = database;
    this.#mustWrite = mustWrite;
  }

  /** All insurers, in the order of their IKs. A live query that asks this is asked again when the list changes. */
  async all(): Promise<readonly Payer[]> {
    const revision = await this.#revision();
    if (this.#known?.revision === revision) return this.#known.payers;
    const payers = (await this.#database.payers.toArray()).map(withoutWrite);
    // Written in between: what was read may be half old.
    if ((await this.#revision()) === revision) this.#known = { revision, payers };
    return payers;
  }

  /** The insurer that has this IK, its own before one that it took over; `null`: nobody. */
  async withIk(ik: string): Promise<Payer | null> {
    const { payers } = this.#database;
    const row = (await payers.get(ik)) ?? (await payers.where('iks').equals(ik).first());
    return row === undefined ? null : withoutWrite(row);
  }

  /** Adds these insurers or changes those that have their ids; those that are there as given are left alone. */
  async save(payers: readonly Payer[]): Promise<void> {
    await this.#mustWrite(['payers'], async (write) => {
      await this.#put(write, payers);
    });
  }

  /** Puts another list in the place of the one in force, all or nothing. */
  async replace(payers: readonly Payer[], inForce: PayersInForce): Promise<void> {
    await this.#mustWrite(['payers', 'payerFiles'], async (write) => {
      const ids = new Set(payers.map(({ id }) => id));
      for (const id of await this.#database.payers.toCollection().primaryKeys())
        if (!ids.has(id)) write.remove('payers', id);
      await this.#put(write, payers);
      const { fileId, madeFor, changesOn } = inForce;
      for (const file of await this.#database.payerFiles.toArray()) {
        const now = file.id === fileId ? { madeFor, changesOn } : null;
        if (!isSame(now, file.inForce))
          write.put('payerFiles', file.id, { ...file, inForce: now, write: write.number });
      }
    });
  }

  /** Which version of the insurer file the list comes from; `null`: from none. */
  async inForce(): Promise<PayersInForce | null> {
    const files = await this.#database.payerFiles.toArray();
    const file = files.find(({ inForce }) => inForce !== null);
    return file === undefined || file.inForce === null ? null : { fileId: file.id, ...file.inForce };
  }

  /** The versions that are here, the latest in force first. */
  async files(): Promise<PayerFileRow[]> {
    const files = (await this.#database.payerFiles.toArray()).map(withoutWrite);
    return files.toSorted((a, b) => b.validFrom.localeCompare(a.validFrom) || b.importedAt.localeCompare(a.importedAt));
  }

  /** A version's entries as they were stored, or `null`. */
  async fileEntries(id: string): Promise<unknown> {
    return (await this.#database.payerFileEntries.get(id))?.entries ?? null;
  }

  /** Keeps a version beside the others; one that is in force stays so. */
  async saveFile(file: Omit<PayerFileRow, 'inForce'>, entries: unknown): Promise<void> {
    await this.#mustWrite(['payerFiles', 'payerFileEntries'], async (write) => {
      const inForce = (await this.#database.payerFiles.get(file.id))?.inForce ?? null;
      write.put('payerFiles', file.id, { ...file, inForce, write: write.number });
      write.put('payerFileEntries', file.id, { id: file.id, entries, write: write.number });
    });
  }

  /** Forgets a version. The one in force stays: `false`. */
  async removeFile(id: string): Promise<boolean> {
    if ((await this.inForce())?.fileId === id) return false;
    await this.#mustWrite(['payerFiles', 'payerFileEntries'], async (write) => {
      write.remove('payerFiles', id);
      write.remove('payerFileEntries', id);
      return Promise.resolve();
    });
    return true;
  }

  async #put(write: Write, payers: readonly Payer[]): Promise<void> {
    const known = await this.#database.payers.bulkGet(payers.map(({ id }) => id));
    payers.forEach((payer, index) => {
      const row = known[index];
      if (row !== undefined && isSame(withoutWrite(row), payer)) return;
      write.put('payers', payer.id, { ...payer, write: write.number });
    });
    if (!write.isEmpty) await this.#database.counters.put({ name: revisionName, value: (await this.#revision()) + 1 });
  }

  async #revision(): Promise<number> {
    return (await this.#database.counters.get(revisionName))?.value ?? 0;
  }
}

/** Counts the changes of the list. Beside the count of writes, in neither journal nor backup: it only says when to read anew. */
const revisionName = 'payers';
