import type { Host } from '../../../electron/contract/host';
import { Database, nativeVersion, vaultName } from '../database';
import { storageFailure, type StorageFailure } from '../failures';
import type { StoreMeans } from '../open';
import { Store } from '../store';
import type { ArchiveMemory } from './database-side';
import { HostJournal } from './host-journal';
import { namePatientKeys } from './name-patient-keys';
import { VaultSide } from './vault-side';

/** An open store with its second copy. */
export interface ArchivedStore {
  readonly kind: 'open';
  readonly store: Store;
  readonly journal: HostJournal;
  /** Closes the store and what compares it with the archive. */
  readonly close: () => void;
}

/**
 * Compares the database with the archive, makes both whole, and opens the store with the archive as its journal. The comparison comes first: opening a new database writes into
 * it, and those would be other rows under the numbers that the archive has already.
 */
export async function openArchivedStore(
  name: string,
  means: Omit<StoreMeans, 'journal'> & { readonly archive: Host['archive']; readonly memory: ArchiveMemory },
): Promise<ArchivedStore | StorageFailure> {
  const { archive, memory, ...rest } = means;
  const { keys, newId } = means;
  const existing = (await indexedDB.databases()).find((one) => one.name === vaultName(name));
  if ((existing?.version ?? 0) > nativeVersion)
    return { kind: 'storage-failed', reason: 'newer-version', text: `version ${existing?.version ?? 0}` };
  // Stays open beside the store's own: when the host was away and is back, both sides are compared again.
  const database = new Database(name);
  try {
    await database.open();
    const side = new VaultSide(database);
    const journal = await HostJournal.open({ archive, practiceKey: keys.practice, database: side, memory });
    if (keys.clinical !== null) await namePatientKeys(database, { journal, clinical: keys.clinical, newId });
    const opened = await Store.open(name, { ...rest, journal });
    if (opened.kind !== 'open') {
      database.close();
      return opened;
    }
    if (keys.clinical !== null) await opened.store.completeIndex();
    const { store } = opened;
    const close = () => {
      store.close();
      database.close();
    };
    return { kind: 'open', store, journal, close };
  } catch (error) {
    database.close();
    return storageFailure(error);
  }
}
