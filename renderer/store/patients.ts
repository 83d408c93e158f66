import type { Damages } from './damages';
import type { Database, PatientRow } from './database';
import { NotWritten } from './failures';
import type { PatientKeys } from './patient-keys';
import { openPatient, sealPatient } from './rows';
import type { MustWrite } from './writer';

interface Means {
  readonly keys: PatientKeys;
  readonly mustWrite: MustWrite;
  readonly damages: Damages;
}

/** The patients seen before, each under their own key. */
export class Patients {
  readonly #database: Database;
  readonly #means: Means;

  constructor(database: Database, means: Means) {
    this.#database = database;
    this.#means = means;
  }

  /** Last used first. */
  async all(): Promise<PatientRow[]> {
    const { keys, damages } = this.#means;
    const rows = await this.#database.patients.orderBy('usedAt').reverse().toArray();
    await keys.load(rows.map(({ keyId }) => keyId));
    return rows.flatMap((row) => {
      const key = keys.key(row.keyId);
      const patient = key === null ? null : openPatient(row, key);
      if (patient === null) damages.note({ table: 'patients', key: row.keyId, what: 'closed' });
      return patient ?? [];
    });
  }

  async save(patients: readonly PatientRow[]): Promise<void> {
    const { keys, mustWrite } = this.#means;
    const prepared = await Promise.all(patients.map(async (row) => ({ row, key: await keys.prepareFor(row.id) })));
    await mustWrite(
      ['patients'],
      async (write) => {
        for (const { row, key } of prepared) {
          if (!('id' in key)) throw new NotWritten(key);
          const held = await keys.commit(key);
          write.put('patients', held.id, sealPatient(row, held, write.number));
        }
      },
      ['patientKeys'],
    );
  }
}
