import Dexie, { type EntityTable } from 'dexie';
import type { FailureStore, Failures } from './back-off';
import type { Header, HeaderStore } from './header';

/** A small database of its own, readable without any key: the vault's header and the failed log-ins. No patient data. */
class AccessDatabase extends Dexie {
  declare headers: EntityTable<{ key: string; header: unknown }, 'key'>;
  declare failures: EntityTable<Failures & { userId: string }, 'userId'>;

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ headers: 'key', failures: 'userId' });
  }
}

const headerKey = 'header';

/** The header and the failed log-ins in the browser's storage. */
export class StoredAccess implements HeaderStore, FailureStore {
  readonly #database: AccessDatabase;

  /** `name`: the vault's; the database is `<name>-access`. */
  constructor(name: string) {
    this.#database = new AccessDatabase(`${name}-access`);
  }

  async load(): Promise<unknown> {
    return (await this.#database.headers.get(headerKey))?.header ?? null;
  }

  async save(header: Header): Promise<void> {
    await this.#database.headers.put({ key: headerKey, header });
  }

  async failures(userId: string): Promise<Failures | null> {
    return (await this.#database.failures.get(userId)) ?? null;
  }

  async saveFailures(userId: string, failures: Failures | null): Promise<void> {
    if (failures === null) await this.#database.failures.delete(userId);
    else await this.#database.failures.put({ userId, ...failures });
  }

  close(): void {
    this.#database.close();
  }
}
