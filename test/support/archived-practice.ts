import { openArchivedStore } from '../../renderer/store/archive/open-archived';
import type { ArchiveMemory } from '../../renderer/store/archive/database-side';
import { Database } from '../../renderer/store/database';
import type { Store } from '../../renderer/store/store';
import type { Damage } from '../../renderer/store/damages';
import type { ArchiveStanding } from '../../renderer/store/archive/reconcile';
import { MemoryArchive } from './memory-archive';
import { testKeys } from './memory-journal';

/** One browser profile over one archive in memory, opened as often as wanted. Real IndexedDB: in the browser's tests only. */
export function archivedPractice(name: string, now: () => Date) {
  const newId = () => crypto.randomUUID();
  const clock = { now, sleep: () => Promise.resolve() };
  const archive = new MemoryArchive();
  const keys = testKeys();
  let known: ReturnType<ArchiveMemory['load']> = null;
  const memory: ArchiveMemory = { writerId: 'browser-1', load: () => known, save: (saved) => (known = saved) };
  const means = { clock, newId, keys, user: () => 'AB', archive: archive.calls, memory };
  let standing: ArchiveStanding | null = null;
  return {
    name,
    archive,
    keys,
    /** How database and archive stood when it was opened last. */
    standing: () => standing,
    /** Opens it, does something, and closes it. Returns what was found changed at its start. */
    async life(work: (store: Store) => Promise<void> = () => Promise.resolve()): Promise<readonly Damage[]> {
      const opened = await openArchivedStore(name, means);
      if (opened.kind !== 'open') throw new Error(`${opened.reason} ${opened.text}`);
      standing = opened.journal?.standing ?? null;
      await opened.compared;
      const found = [...opened.store.damages()];
      await work(opened.store);
      opened.close();
      return found;
    },
    async raw<T>(work: (database: Database) => Promise<T>): Promise<T> {
      const database = new Database(name);
      const result = await work(database);
      database.close();
      return result;
    },
  };
}
