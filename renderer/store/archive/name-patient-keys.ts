import type { Database } from '../database';
import type { Journal } from '../journal';
import { identityOf, PatientKeys } from '../patient-keys';
import { openPatient, openRecord } from '../rows';
import { unseal } from '../sealing';

/**
 * After the database was made from the archive: finds out from patients and settled records whose each key is, so that a patient who comes again is found by it. A key of
 * drafts only stays nobody's, as it was. Returns how many were named.
 */
export async function namePatientKeys(
  database: Database,
  means: { readonly journal: Journal; readonly clinical: Uint8Array; readonly newId: () => string },
): Promise<number> {
  const keys = new PatientKeys(database, means);
  let named = 0;
  for (const row of await database.patientKeys.where('index').startsWith('nobody:').toArray()) {
    const key = unseal(means.clinical, ['patientKeys', row.id], row.wrapped);
    if (key === null) continue;
    const identity = await identityUnder(database, row.id, key);
    if (identity === null) continue;
    const index = keys.indexOf(identity);
    await database.transaction('rw', database.patientKeys, async () => {
      if ((await database.patientKeys.where('index').equals(index).count()) > 0) return;
      await database.patientKeys.put({ ...row, index });
      named += 1;
    });
  }
  return named;
}

async function identityUnder(database: Database, keyId: string, key: Uint8Array): Promise<string | null> {
  const patient = await database.patients.get(keyId);
  const opened = patient === undefined ? null : openPatient(patient, key);
  if (opened !== null) return identityOf(opened);
  const records = await database.records.where('keyId').equals(keyId).toArray();
  const settled = records.find(({ stage }) => stage !== 'recorded');
  const record = settled === undefined ? null : openRecord(settled, key);
  return record === null ? null : identityOf(record.row.content);
}
