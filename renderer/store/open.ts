import { z } from 'zod';
import type { Clock } from '../domain/clock';
import { Database, nativeVersion, vaultName } from './database';
import { storageFailure, type StorageFailure } from './failures';
import { sealVersion1 } from './from-version-1';
import type { Journal } from './journal';
import type { OpenKeys } from './open-keys';
import { openValue, sealValue } from './rows';
import { Writer } from './writer';

/** What a store is opened with. */
export interface StoreMeans {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly keys: OpenKeys;
  readonly journal: Journal;
  /** Who works: stands in every event. */
  readonly user: () => string;
}

const installationSchema = z.object({ namespace: z.uuid(), createdAt: z.string() });
/** Sealed with the clinical key under this name in `meta`: shows whether a clinical key is the right one. */
const clinicalProof = 'clinical';

/** Opens the database under a name: looks at versions first, tries the keys, and seals a plain database of version 1. */
export async function openDatabase(
  name: string,
  means: StoreMeans,
): Promise<{ kind: 'open'; database: Database; writer: Writer; namespace: string } | StorageFailure> {
  const database = new Database(name);
  const writer = new Writer(database, means.journal);
  const close = () => {
    writer.close();
    database.close();
  };
  try {
    // Dexie would open a newer database and patch it to its own taste: so look first.
    const existing = new Map((await indexedDB.databases()).map((one) => [one.name, one.version ?? 0]));
    const [plain, sealed] = [existing.get(name) ?? 0, existing.get(vaultName(name)) ?? 0];
    const newest = Math.max(plain, sealed);
    if (newest > nativeVersion) return { kind: 'storage-failed', reason: 'newer-version', text: `version ${newest}` };
    await database.open();
    const failure =
      (await tryKeys(database, writer, means)) ?? (await sealVersion1(name, plain, database, writer, means));
    if (failure !== null) {
      close();
      return failure;
    }
    const installation = await installationOf(database, writer, means);
    if ('kind' in installation) {
      close();
      return installation;
    }
    return { kind: 'open', database, writer, namespace: installation.namespace };
  } catch (error) {
    close();
    return storageFailure(error);
  }
}

/** Whether the keys open what is there. A new database learns the clinical key here. */
async function tryKeys(database: Database, writer: Writer, { keys }: StoreMeans): Promise<StorageFailure | null> {
  const wrong: StorageFailure = { kind: 'storage-failed', reason: 'wrong-keys', text: '' };
  const installation = await database.meta.get('installation');
  if (installation !== undefined && openValue('meta', 'installation', installation, keys.practice) === null)
    return { ...wrong, text: 'practice' };
  if (keys.clinical === null) return null;
  const { clinical } = keys;
  const proof = await database.meta.get(clinicalProof);
  if (proof !== undefined)
    return openValue('meta', clinicalProof, proof, clinical) === null ? { ...wrong, text: 'clinical' } : null;
  const written = await writer.write(['meta'], async (write) => {
    const sealed = sealValue('meta', clinicalProof, write.number, true, clinical);
    write.put('meta', clinicalProof, { key: clinicalProof, write: write.number, sealed });
  });
  return written.kind === 'done' ? null : written;
}

async function installationOf(
  database: Database,
  writer: Writer,
  means: StoreMeans,
): Promise<z.output<typeof installationSchema> | StorageFailure> {
  const { practice } = means.keys;
  const written = await writer.write(['meta'], async (write) => {
    // In the transaction: two windows that start at once agree on one.
    const row = await database.meta.get('installation');
    const opened = row === undefined ? null : openValue('meta', 'installation', row, practice);
    if (opened !== null) return installationSchema.parse(opened.value);
    const installation = { namespace: means.newId(), createdAt: means.clock.now().toISOString() };
    const sealed = sealValue('meta', 'installation', write.number, installation, practice);
    write.put('meta', 'installation', { key: 'installation', write: write.number, sealed });
    return installation;
  });
  return written.kind === 'done' ? written.value : written;
}
