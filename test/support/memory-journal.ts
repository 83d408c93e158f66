import type { Journal, JournalEntry, JournalWriting } from '../../renderer/store/journal';
import type { OpenKeys } from '../../renderer/store/open-keys';
import { newKey } from '../../renderer/store/sealing';

/** A journal in memory: keeps what it is given, as the host's does on disk. Tests can make it fail. */
export class MemoryJournal implements Journal {
  readonly refusal = null;
  readonly entries = new Map<number, JournalEntry>();
  readonly keys = new Map<string, Uint8Array>();
  readonly forgotten = new Set<string>();
  /** As long as it is set, nothing is written. */
  failure: Extract<JournalWriting, { kind: 'failed' }> | null = null;

  prepare(entries: readonly JournalEntry[]): () => Promise<readonly JournalWriting[]> {
    return () => Promise.all(entries.map((entry) => this.append(entry)));
  }

  async append(entry: JournalEntry): Promise<JournalWriting> {
    if (this.failure !== null) return this.failure;
    const known = this.entries.get(entry.number);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(entry))
      return { kind: 'failed', reason: 'other', text: `Entry ${String(entry.number)} is there with other rows.` };
    this.entries.set(entry.number, entry);
    return { kind: 'written' };
  }

  async keepPatientKey(id: string, wrapped: Uint8Array): Promise<JournalWriting> {
    if (this.failure !== null) return this.failure;
    this.keys.set(id, wrapped.slice());
    return { kind: 'written' };
  }

  async forgetPatientKey(id: string): Promise<JournalWriting> {
    if (this.failure !== null) return this.failure;
    this.keys.delete(id);
    this.forgotten.add(id);
    return { kind: 'written' };
  }
}

/** Keys of a vault that exists for one test. */
export function testKeys(): OpenKeys {
  return { practice: newKey(), clinical: newKey() };
}
