import { useEffect } from 'react';
import type { AuditDetail } from '../../domain/audit';
import { useAtWork } from '../access/session-context';
import { useOffice } from '../parts';

/** So long after it was noted, looking at the same certificate is noted again, milliseconds. */
const notedAgainAfter = 3_600_000;

/** Who saw which certificate: once for each log-in, user and hour, not for each time the screen is drawn. */
export class ViewNoting {
  readonly #now: () => Date;
  readonly #noted = new Map<string, number>();

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Somebody logged in: whatever they see is new to them. */
  begin(): void {
    this.#noted.clear();
  }

  /** Notes that a user has this certificate before them. Where it can't be written, reading goes on, and the next look is noted. */
  async note(
    store: { audit(detail: AuditDetail): Promise<void> },
    user: string,
    recordId: string,
  ): Promise<'noted' | 'known' | 'not-written'> {
    const key = JSON.stringify([user, recordId]);
    const now = this.#now().getTime();
    const before = this.#noted.get(key);
    // A clock that was set back must not silence the trail.
    if (before !== undefined && now >= before && now - before < notedAgainAfter) return 'known';
    this.#noted.set(key, now);
    try {
      await store.audit({ type: 'viewed', recordId });
      return 'noted';
    } catch {
      this.#noted.delete(key);
      return 'not-written';
    }
  }
}

/** Notes that the user has this certificate before them; `null`: none. Drafts only where somebody else began them. */
export function useNoteViewed(recordId: string | null, isDraft = false): void {
  const { store } = useOffice();
  const { vault, session, isLocked } = useAtWork();
  const { name } = session.user;
  useEffect(() => {
    if (recordId === null || isLocked) return;
    const note = async () => {
      if (isDraft) {
        const [first] = await store.records.events(recordId);
        if (first === undefined || first.user === name) return;
      }
      await vault.views.note(store, name, recordId);
    };
    void note();
  }, [store, vault, name, recordId, isDraft, isLocked]);
}
