import type { Host } from '../../../electron/contract/host';
import { Database, databaseVersion } from '../database';
import { storageFailure, type StorageFailure } from '../failures';
import type { Journal, JournalWriting } from '../journal';
import { formatOf, isNewer, versionsOf, type StoreMeans } from '../open';
import { Store } from '../store';
import type { ArchiveMemory } from './database-side';
import { HostJournal } from './host-journal';
import { namePatientKeys } from './name-patient-keys';
import { renewPatientKeys } from './renew-patient-keys';
import { findOlderRows } from './row-ledger';
import { VaultSide } from './vault-side';

/** An open store with its second copy. */
export interface ArchivedStore {
  readonly kind: 'open';
  readonly store: Store;
  /** `null`: the database is of a newer program and only read. */
  readonly journal: HostJournal | null;
  /** Resolves when the rows were compared with the archive's writes: what was put back or taken away from outside is among the damages then. */
  readonly compared: Promise<void>;
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
  // Of a newer program: read only, and not compared with anything.
  if (isNewer(await versionsOf(name))) return openUncompared(name, rest);
  // Stays open beside the store's own: when the host was away and is back, both sides are compared again.
  const database = new Database(name);
  try {
    await database.open();
    if (((await formatOf(database, keys.practice)) ?? 0) > databaseVersion) {
      database.close();
      return await openUncompared(name, rest);
    }
    const side = new VaultSide(database);
    const journal = await HostJournal.open({ archive, practiceKey: keys.practice, database: side, memory });
    await renewPatientKeys(database, { journal, keys });
    if (keys.clinical !== null) await namePatientKeys(database, { journal, clinical: keys.clinical, newId });
    const opened = await Store.open(name, { ...rest, journal });
    if (opened.kind !== 'open') {
      database.close();
      return opened;
    }
    const { store } = opened;
    if (keys.clinical !== null) {
      await store.completeIndex();
      await store.erasure.forgetCopies();
    }
    const close = () => {
      store.close();
      database.close();
    };
    // Beside what comes next: nobody waits for it.
    const older =
      journal.standing.kind === 'in-step' ? findOlderRows(database, { archive, practiceKey: keys.practice }) : null;
    const compared = (older ?? Promise.resolve(null)).then(
      (found) => store.noteDamages(found ?? []),
      (error: unknown) => {
        // Closed meanwhile: the next start compares.
        storageFailure(error);
      },
    );
    return { kind: 'open', store, journal, compared, close };
  } catch (error) {
    database.close();
    return storageFailure(error);
  }
}

async function openUncompared(
  name: string,
  means: Omit<StoreMeans, 'journal'>,
): Promise<ArchivedStore | StorageFailure> {
  const opened = await Store.open(name, { ...means, journal: noJournal });
  if (opened.kind !== 'open') return opened;
  const { store } = opened;
  return { kind: 'open', store, journal: null, compared: Promise.resolve(), close: () => store.close() };
}

const refused: Extract<JournalWriting, { kind: 'failed' }> = {
  kind: 'failed',
  reason: 'other',
  text: 'The data are of a newer program.',
};
/** Nothing is written beside a database that is only read. */
const noJournal: Journal = {
  refusal: refused,
  prepare: (entries) => () => Promise.resolve(entries.map(() => refused)),
  keepPatientKey: () => Promise.resolve(refused),
  forgetPatientKey: () => Promise.resolve(refused),
};
