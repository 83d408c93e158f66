import { z } from 'zod';
import type { ArchiveMemory } from './database-side';

const knownSchema = z.object({ lineage: z.string(), acknowledged: z.number().int().nonnegative() });

/** What this browser profile remembers of the archive, in its local storage: no word of a patient. Lost, it costs warnings, and no data. */
export function browserMemory(name: string, storage: Storage, newId: () => string): ArchiveMemory {
  const [writerKey, knownKey] = [`${name}-archive-writer`, `${name}-archive`];
  const writerId = storage.getItem(writerKey) ?? newId();
  storage.setItem(writerKey, writerId);
  return {
    writerId,
    load: () => {
      const text = storage.getItem(knownKey);
      if (text === null) return null;
      try {
        return knownSchema.parse(JSON.parse(text));
      } catch {
        // Not what we wrote: as good as nothing.
        return null;
      }
    },
    save: (known) => storage.setItem(knownKey, JSON.stringify(known)),
  };
}
