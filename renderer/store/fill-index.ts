import type { Database } from './database';
import type { PatientKeys } from './patient-keys';
import { openRecord } from './rows';
import { blockSize, type SearchIndex } from './search-index';

/** Makes the search index anew from the records, where it doesn't know as many as there are. Whether it had to. */
export async function fillIndex(database: Database, keys: PatientKeys, index: SearchIndex): Promise<boolean> {
  const [known, all] = [await index.size(), await database.records.count()];
  if (known === all) return false;
  await index.clear();
  for (let after = ''; ;) {
    const rows = await database.records.where('id').above(after).limit(blockSize).toArray();
    const last = rows.at(-1);
    if (last === undefined) return true;
    await keys.load(rows.map(({ keyId }) => keyId));
    const opened = rows.flatMap((row) => {
      const key = keys.key(row.keyId);
      const record = key === null ? null : openRecord(row, key);
      return record === null ? [] : [{ row: record.row, keyId: row.keyId, write: row.write }];
    });
    await index.add(opened);
    after = last.id;
  }
}
