import type { Damages } from './damages';
import type { Database, MailRow, SealedMail } from './database';
import { fetchInPieces, mapInPieces } from './in-pieces';
import type { PatientKeys } from './patient-keys';
import { openMail, sealMail } from './rows';
import type { MustWrite } from './writer';

interface Means {
  readonly clinical: Uint8Array;
  /** The clinical keys of before: what they sealed stays as it is. */
  readonly former: readonly Uint8Array[];
  readonly keys: PatientKeys;
  readonly mustWrite: MustWrite;
  readonly damages: Damages;
}

/** A message as it was fetched. */
export type NewMail = Omit<MailRow, 'key' | 'fetchedAt'>;

/** The row that keeps a message, fetched at this instant (ISO). */
export function mailRow(mail: NewMail, fetchedAt: string): MailRow {
  return { ...mail, key: `${mail.account}\n${mail.uid}`, fetchedAt };
}

/** The messages that were fetched: about a patient under that patient's key, all other under the clinical one. */
export class Mails {
  readonly #database: Database;
  readonly #means: Means;

  constructor(database: Database, means: Means) {
    this.#database = database;
    this.#means = means;
  }

  /** `keyId`: the key of the patient whom it is about, or `null`. */
  async save(row: MailRow, keyId: string | null): Promise<void> {
    const { clinical, keys, mustWrite } = this.#means;
    if (keyId !== null) await keys.load([keyId]);
    const patientKey = keyId === null ? null : keys.key(keyId);
    const key = patientKey === null ? { id: null, key: clinical } : { id: keyId, key: patientKey };
    await mustWrite(['mails'], async (write) =>
      write.putSealed('mails', row.key, async () => sealMail(row, key, write.number)),
    );
  }

  /** Newest first. */
  async all(): Promise<MailRow[]> {
    const { mails } = this.#database;
    const keys = await mails.orderBy('fetchedAt').reverse().primaryKeys();
    const found = async (some: string[]) => (await mails.bulkGet(some)).filter((row) => row !== undefined);
    return fetchInPieces(keys, found, (rows) => this.#open(rows));
  }

  async one(key: string): Promise<MailRow | null> {
    const row = await this.#database.mails.get(key);
    return row === undefined ? null : ((await this.#open([row]))[0] ?? null);
  }

  async #open(rows: readonly SealedMail[]): Promise<MailRow[]> {
    const { clinical, former, keys, damages } = this.#means;
    await keys.load(rows.flatMap(({ keyId }) => keyId ?? []));
    return mapInPieces(rows, (row) => {
      const tried = row.keyId === null ? [clinical, ...former] : [keys.key(row.keyId)];
      const mail = tried.reduce<MailRow | null>(
        (opened, key) => opened ?? (key === null ? null : openMail(row, key)),
        null,
      );
      if (mail === null) damages.note({ table: 'mails', key: row.key, what: 'closed' });
      return mail;
    });
  }
}
