import type { Backup, BackupPlace, BackupPlaceState } from '../../electron/contract/archive';
import type { Failure, Result } from '../../electron/contract/call';
import type { Host } from '../../electron/contract/host';
import type { AuditDetail } from '../domain/audit';
import { may, type Actor } from '../domain/roles';
import type { OutboxProgress } from './office';

export type BackupsMade = readonly { readonly place: BackupPlace; readonly made: Result<Backup> }[];

/** Why a backup is not put back. */
export type RestoreRefusal = Failure | { readonly reason: 'in-flight' };

export interface BackupMeans {
  readonly archive: Host['archive'];
  readonly actor: () => Actor;
  readonly audit: (detail: AuditDetail) => Promise<void>;
  readonly progress: () => OutboxProgress;
  /** Whether the user's second factor was confirmed just now; it is used up by asking. */
  readonly takeFactor: () => boolean;
}

const factorMissing = {
  kind: 'failed',
  failure: { reason: 'refused', code: 'second-factor', text: 'second factor' },
} as const satisfies Result<never>;

/** Backups as the user at work may handle them: doctors and administrators, everybody else is refused. Never rejects for a host that is away. */
export class BackupDesk {
  readonly #means: BackupMeans;

  constructor(means: BackupMeans) {
    this.#means = means;
  }

  /** Both places with their backups, newest first. */
  async places(): Promise<Result<BackupPlaceState[]>> {
    return this.#ask(() => this.#means.archive.backups({}));
  }

  /** A backup on this computer; where there is a second place, a copy there too, which leaves it and needs the second factor. */
  async backUp(): Promise<Result<BackupsMade>> {
    const made = await this.#ask(async () => {
      const places = await this.#means.archive.backups({});
      if (places.kind === 'failed') return places;
      if (places.value.some(({ place }) => place === 'second') && !this.#means.takeFactor()) return factorMissing;
      return this.#means.archive.backup({ why: 'asked' });
    });
    if (made.kind === 'ok')
      for (const { place, made: one } of made.value)
        if (one.kind === 'ok') await this.#means.audit({ type: 'backup-made', place });
    return made;
  }

  async check(backup: Backup): Promise<Result<{ entries: number; keys: number }>> {
    return this.#ask(() => this.#means.archive.checkBackup({ place: backup.place, id: backup.id }));
  }

  /** `folder`: an absolute path, tried before it is taken: copies go there from now on, so the second factor is needed. `null`: no second place. */
  async setSecondPlace(folder: string | null): Promise<Result<object>> {
    return this.#ask(async () => {
      if (folder !== null && !this.#means.takeFactor()) return factorMissing;
      return this.#means.archive.setSecondPlace({ folder });
    });
  }

  /** Puts a backup in the journal's place. The page has to be loaded anew after it: nothing may be written before. */
  async restore(backup: Backup): Promise<{ kind: 'ok' } | { kind: 'failed'; failure: RestoreRefusal }> {
    return this.#replace(() => this.#means.archive.restore({ place: backup.place, id: backup.id }));
  }

  /** Keeps the database where it and the journal went different ways: a new journal begins from it. The page has to be loaded anew after it. */
  async keepDatabase(): Promise<{ kind: 'ok' } | { kind: 'failed'; failure: RestoreRefusal }> {
    return this.#replace(() => this.#means.archive.startAnew({}));
  }

  async #replace(
    call: () => Promise<Result<object>>,
  ): Promise<{ kind: 'ok' } | { kind: 'failed'; failure: RestoreRefusal }> {
    if (this.#means.progress().kind === 'running') return { kind: 'failed', failure: { reason: 'in-flight' } };
    const done = await this.#ask(call);
    return done.kind === 'ok' ? { kind: 'ok' } : done;
  }

  async #ask<T>(call: () => Promise<Result<T>>): Promise<Result<T>> {
    if (!may(this.#means.actor().role, 'backups'))
      return { kind: 'failed', failure: { reason: 'refused', code: 'role-backups', text: 'role' } };
    try {
      return await call();
    } catch (error) {
      return { kind: 'failed', failure: { reason: 'unreachable', code: null, text: String(error) } };
    }
  }
}
