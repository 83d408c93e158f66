import type { AuditDetail } from '../../domain/audit';
import type { ChainCheck } from '../../store/event-log';
import { Kept } from '../parts/kept';

/** How the chain of events stands, as far as it was looked at since the log-in. */
export type ChainStanding =
  | { readonly kind: 'unchecked' | 'checking' }
  /** `isWhole`: from its start, not only from the last sealed checkpoint. */
  | { readonly kind: 'checked'; readonly check: ChainCheck; readonly isWhole: boolean; readonly at: Date }
  | { readonly kind: 'failed'; readonly text: string };

/** What of the store is asked. */
export interface ChainSource {
  checkChain(from: 'checkpoint' | 'start', isUnhurried?: boolean): Promise<ChainCheck>;
  audit(detail: AuditDetail): Promise<void>;
}

/** Looks after the chain of events: after each log-in from the last checkpoint and then whole, and when somebody asks. Nothing is repaired. */
export class ChainWatch {
  readonly standing = new Kept<ChainStanding>({ kind: 'unchecked' });
  readonly #now: () => Date;
  /** Whose turn it is: what an earlier turn still finds is about a store that is closed by now. */
  #turn = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** After a log-in, in the background. A break is noted in the trail, so that it stays known; that all is well is not noted each time. */
  async begin(store: ChainSource): Promise<void> {
    const turn = this.#next();
    const first = await this.#look(store, 'checkpoint', turn);
    if (first?.kind === 'held') await this.#look(store, 'start', turn, true);
    await this.#note(store, turn, false);
  }

  /** Somebody asked: the whole chain, noted with its result. */
  async check(store: ChainSource): Promise<void> {
    const turn = this.#next();
    await this.#look(store, 'start', turn);
    await this.#note(store, turn, true);
  }

  /** The store closes: what is still being looked at counts no more. */
  end(): void {
    this.#turn += 1;
    this.standing.set({ kind: 'unchecked' });
  }

  #next(): number {
    this.#turn += 1;
    this.standing.set({ kind: 'checking' });
    return this.#turn;
  }

  async #look(
    store: ChainSource,
    from: 'checkpoint' | 'start',
    turn: number,
    isUnhurried = false,
  ): Promise<ChainCheck | null> {
    try {
      const check = await store.checkChain(from, isUnhurried);
      if (turn !== this.#turn) return null;
      this.standing.set({ kind: 'checked', check, isWhole: from === 'start', at: this.#now() });
      return check;
    } catch (error) {
      if (turn === this.#turn) this.standing.set({ kind: 'failed', text: String(error) });
      return null;
    }
  }

  async #note(store: ChainSource, turn: number, evenIfHeld: boolean): Promise<void> {
    const standing = this.standing.get();
    if (turn !== this.#turn || standing.kind !== 'checked') return;
    const { check } = standing;
    if (check.kind === 'held' && !evenIfHeld) return;
    const until = check.kind === 'broken' ? check.sequence : check.until;
    try {
      await store.audit({ type: 'chain-checked', until, outcome: check.kind });
    } catch {
      // The result stands on the screen all the same; that nothing can be written is said by the store itself.
    }
  }
}
