import type { Database, PatientKeyRow } from '../database';
import { clinicalProof } from '../open';
import type { OpenKeys } from '../open-keys';
import { nobodysIndex, unwrapPatientKey } from '../patient-keys';
import { openValue, sealValue } from '../rows';
import { seal } from '../sealing';
import { Writer } from '../writer';
import type { HostJournal } from './host-journal';

/** `unfinished`: not all of it could be kept; the next start goes on. Everything is readable meanwhile. */
export type RenewedPatientKeys = 'current' | 'renewed' | 'unfinished';

/** So many keys in one transaction. */
const piece = 1_000;

/**
 * After the clinical key was renewed, or a backup of before was put back: wraps every patient's key anew, here and in the archive. The proof that tells which clinical key all is under
 * comes last, so that whatever was broken off is done again; each step may be done twice. A patient's blind index is made by the clinical key too: whose a key is, `namePatientKeys`
 * finds out anew. The search index, a cache, is emptied and filled again.
 */
export async function renewPatientKeys(
  database: Database,
  { journal, keys }: { readonly journal: HostJournal; readonly keys: OpenKeys },
): Promise<RenewedPatientKeys> {
  const { clinical, former = [] } = keys;
  const proof = await database.meta.get(clinicalProof);
  if (clinical === null || proof === undefined || openValue('meta', clinicalProof, proof, clinical) !== null)
    return 'current';
  // Of no key that we have: the store says so when it is opened.
  if (!former.some((key) => openValue('meta', clinicalProof, proof, key) !== null)) return 'current';

  const ids = await database.patientKeys.toCollection().primaryKeys();
  for (let from = 0; from < ids.length; from += piece) {
    const some = ids.slice(from, from + piece);
    await database.transaction('rw', [database.patientKeys, database.searchBlocks, database.searchTail], async () => {
      const rows = await database.patientKeys.bulkGet(some);
      const renewed = rows.flatMap((row) => (row === undefined ? [] : (rewrapped(row, clinical, former) ?? [])));
      if (renewed.length === 0) return;
      await database.patientKeys.bulkPut(renewed);
      await Promise.all([database.searchBlocks.clear(), database.searchTail.clear()]);
    });
  }
  const copied = await journal.renewPatientKeys(await database.patientKeys.toArray());
  if (copied.kind === 'failed') return 'unfinished';
  const writer = new Writer(database, journal);
  const written = await writer.write(
    ['meta'],
    async (write) => {
      const sealed = sealValue('meta', clinicalProof, write.number, true, clinical);
      write.put('meta', clinicalProof, { key: clinicalProof, write: write.number, sealed });
    },
    { strict: true },
  );
  writer.close();
  return written.kind === 'done' ? 'renewed' : 'unfinished';
}

/** `null`: it is under the present key already, or opens with none that we have. */
function rewrapped(row: PatientKeyRow, clinical: Uint8Array, former: readonly Uint8Array[]): PatientKeyRow | null {
  if (unwrapPatientKey(row, [clinical]) !== null) return null;
  const key = unwrapPatientKey(row, former);
  if (key === null) return null;
  return { id: row.id, index: nobodysIndex(row.id), wrapped: seal(clinical, ['patientKeys', row.id], key) };
}
