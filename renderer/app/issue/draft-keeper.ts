import type { CertificateContent } from '../../domain/certificate';
import type { Office, OfficeChange } from '../../outbox/office';

export type Saving =
  /** Nothing was entered yet, so nothing is kept. */
  | { readonly kind: 'untouched' }
  | { readonly kind: 'pending' }
  | { readonly kind: 'saved'; readonly at: Date }
  | { readonly kind: 'failed'; readonly change: Exclude<OfficeChange, { kind: 'written' }> };

interface Means {
  readonly office: Pick<Office, 'startDraft' | 'saveDraft' | 'clock'>;
  /** Milliseconds from the last keystroke to writing. */
  readonly delay: number;
  /** Told once: the first write made this draft. */
  readonly onStarted: (draftId: string) => void;
}

/**
 * Keeps what is typed: the first change makes the draft, the following ones are written once typing pauses. Writes never overlap, and the
 * last state always wins. After a failure the next change, or `flush`, tries again.
 */
export class DraftKeeper {
  readonly #means: Means;
  readonly #source: 'typed' | 'card';
  readonly #listeners = new Set<() => void>();
  #id: string | null;
  #unsaved: CertificateContent | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #writing: Promise<void> | null = null;
  #saving: Saving = { kind: 'untouched' };

  constructor(means: Means, draft: { readonly id: string; readonly source: 'typed' | 'card' } | null) {
    this.#means = means;
    this.#id = draft?.id ?? null;
    this.#source = draft?.source ?? 'typed';
  }

  /** The draft's id, once there is one. */
  get id(): string | null {
    return this.#id;
  }

  readonly saving = (): Saving => this.#saving;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What isn't written yet; `null`: everything is. */
  get unsaved(): CertificateContent | null {
    return this.#unsaved;
  }

  /** Takes the present content; it is written when nothing follows for a moment. */
  change(content: CertificateContent): void {
    this.#unsaved = content;
    this.#show({ kind: 'pending' });
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), this.#means.delay);
  }

  /** Writes now whatever isn't written yet, and says how that went. */
  async flush(): Promise<Saving> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    while (this.#writing !== null) await this.#writing;
    if (this.#unsaved === null) return this.#saving;
    this.#writing = this.#write(this.#unsaved);
    await this.#writing;
    // What came in during the write is written too; after a failure that would only fail again.
    return this.#saving.kind === 'failed' ? this.#saving : this.flush();
  }

  /** Writes now whatever isn't written yet. Whether everything is. */
  readonly isWritten = async (): Promise<boolean> => (await this.flush()).kind !== 'failed';

  /** Nothing of this is to be written any more: it was discarded. */
  forget(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#unsaved = null;
    this.#show({ kind: 'untouched' });
  }

  async #write(content: CertificateContent): Promise<void> {
    const { office } = this.#means;
    try {
      const change =
        this.#id === null ? await office.startDraft(content) : await office.saveDraft(this.#id, content, this.#source);
      if (change.kind !== 'written') {
        this.#show({ kind: 'failed', change });
        return;
      }
      if (this.#id === null) {
        this.#id = change.record.id;
        this.#means.onStarted(this.#id);
      }
      if (this.#unsaved === content) {
        this.#unsaved = null;
        this.#show({ kind: 'saved', at: office.clock.now() });
      }
    } finally {
      this.#writing = null;
    }
  }

  #show(saving: Saving): void {
    this.#saving = saving;
    for (const listener of this.#listeners) listener();
  }
}
