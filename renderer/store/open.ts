import { z } from 'zod';
import type { Clock } from '../domain/clock';
import type { FollowWhole } from './chain-following';
import { Database, databaseVersion, nativeVersion, openAsItIs, vaultName } from './database';
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
  /** Follows the whole chain when it is checked; in the page itself unless said otherwise. */
  readonly follow?: FollowWhole;
}

const installationSchema = z.object({
  namespace: z.uuid(),
  createdAt: z.string(),
  /** The version of the program's format that wrote last; databases of version 2's first months don't say it. */
  format: z.number().int().positive().default(databaseVersion),
});
/** Sealed with the clinical key under this name in `meta`: shows whether a clinical key is the right one. */
export const clinicalProof = 'clinical';

/** An open database; of a newer program, one that is only read (`database.isReadOnly`). */
interface OpenedDatabase {
  readonly kind: 'open';
  readonly database: Database;
  readonly writer: Writer;
  readonly namespace: string;
}

/** Opens the database under a name: looks at versions first, tries the keys, and seals a plain database of version 1. */
export async function openDatabase(name: string, means: StoreMeans): Promise<OpenedDatabase | StorageFailure> {
  const versions = await versionsOf(name);
  if (isNewer(versions)) return openNewer(name, means);
  const database = new Database(name);
  const writer = new Writer(database, means.journal);
  const close = () => {
    writer.close();
    database.close();
  };
  try {
    await database.open();
    const failure =
      (await tryKeys(database, writer, means)) ?? (await sealVersion1(name, versions.plain, database, writer, means));
    if (failure !== null) {
      close();
      return failure;
    }
    const installation = await installationOf(database, writer, means);
    if ('kind' in installation) {
      close();
      return installation;
    }
    if (installation.format > databaseVersion) {
      close();
      return await openNewer(name, means);
    }
    return { kind: 'open', database, writer, namespace: installation.namespace };
  } catch (error) {
    close();
    return storageFailure(error);
  }
}

/** The versions of what stands under a name, as IndexedDB counts; 0: nothing. Dexie would open a newer database and patch it to its own taste: so look first. */
export async function versionsOf(name: string): Promise<{ readonly plain: number; readonly sealed: number }> {
  const existing = new Map((await indexedDB.databases()).map((one) => [one.name, one.version ?? 0]));
  return { plain: existing.get(name) ?? 0, sealed: existing.get(vaultName(name)) ?? 0 };
}

/** The format that wrote this database last, as its sealed head says; `null`: there is none, or these keys don't open it. */
export async function formatOf(database: Database, practiceKey: Uint8Array): Promise<number | null> {
  const row = await database.meta.get('installation');
  const opened = row === undefined ? null : openValue('meta', 'installation', row, practiceKey);
  const installation = installationSchema.safeParse(opened?.value);
  return installation.success ? installation.data.format : null;
}

/** Whether a newer program has been here. */
export function isNewer({ plain, sealed }: { readonly plain: number; readonly sealed: number }): boolean {
  return Math.max(plain, sealed) > nativeVersion;
}

/**
 * Opens a newer program's database for reading. What this program can't make sense of is left out and said; nothing is written, not even a
 * version. Where there is nothing that could be read, it says so.
 */
async function openNewer(name: string, means: StoreMeans): Promise<OpenedDatabase | StorageFailure> {
  const failure = (text: string): StorageFailure => ({ kind: 'storage-failed', reason: 'newer-version', text });
  if ((await versionsOf(name)).sealed === 0) return failure('Its data are under another name.');
  const database = new Database(name, 'read-only');
  const writer = new Writer(database, means.journal);
  try {
    const missing = await openAsItIs(database);
    const wrong =
      missing.length > 0 ? failure(`Without ${missing.join(', ')}.`) : await tryKeys(database, writer, means);
    const row = wrong === null ? await database.meta.get('installation') : undefined;
    const opened = row === undefined ? null : openValue('meta', 'installation', row, means.keys.practice);
    const installation = installationSchema.safeParse(opened?.value);
    if (wrong === null && installation.success)
      return { kind: 'open', database, writer, namespace: installation.data.namespace };
    database.close();
    return wrong ?? failure('Its head is not readable.');
  } catch (error) {
    database.close();
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
  const { clinical, former = [] } = keys;
  const proof = await database.meta.get(clinicalProof);
  // One of before will do: what it sealed is not all sealed anew yet (`archive/renew-patient-keys.ts`).
  if (proof !== undefined)
    return [clinical, ...former].some((key) => openValue('meta', clinicalProof, proof, key) !== null)
      ? null
      : { ...wrong, text: 'clinical' };
  if (database.isReadOnly) return { ...wrong, text: 'clinical' };
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
    const createdAt = means.clock.now().toISOString();
    const installation = { namespace: means.newId(), createdAt, format: databaseVersion };
    const sealed = sealValue('meta', 'installation', write.number, installation, practice);
    write.put('meta', 'installation', { key: 'installation', write: write.number, sealed });
    return installation;
  });
  return written.kind === 'done' ? written.value : written;
}
