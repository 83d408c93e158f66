import type { Signal } from './restoration-health';

/** How many certificates of one insurer failed on the way, and since when. */
export interface Failed {
  readonly count: number;
  /** When the first of them was sent, in milliseconds since 1970; `null`: none failed. */
  readonly since: number | null;
}

/**
 * Counts, for one insurer, the certificates whose mail came back or got no receipt in time, since something last arrived there. What is
 * about a certificate itself (an insurer's error) doesn't count. Signals come in the order of their instants.
 */
export class FailedReceipts {
  readonly #patience: number;
  /** On their way: when each was sent. */
  readonly #sent = new Map<string, number>();
  /** Came back, or got no receipt and was sent again: when each was sent first. */
  readonly #failed = new Map<string, number>();

  constructor(options: { receiptPatience: number }) {
    this.#patience = options.receiptPatience;
  }

  follow(signal: Signal): void {
    switch (signal.kind) {
      case 'outage-began':
        return;
      case 'outage-ended':
        this.#sent.clear();
        this.#failed.clear();
        return;
      case 'attempted':
        this.#sent.set(signal.recordId, signal.at);
        return;
      case 'handed-over':
        return;
      case 'answered':
        this.#prove(signal.recordId);
        return;
      case 'failed': {
        const sentAt = this.#sent.get(signal.recordId);
        this.#sent.delete(signal.recordId);
        if (signal.reason === 'rejected') this.#failed.delete(signal.recordId);
        else this.#fail(signal.recordId, sentAt ?? signal.at);
        return;
      }
      case 'set-aside': {
        const sentAt = this.#sent.get(signal.recordId);
        this.#sent.delete(signal.recordId);
        // Sent again because no receipt came: that it was missing still counts.
        if (sentAt !== undefined && sentAt + this.#patience <= signal.at) this.#fail(signal.recordId, sentAt);
      }
    }
  }

  at(now: number): Failed {
    const counted = new Map(this.#failed);
    for (const [recordId, sentAt] of this.#sent)
      if (sentAt + this.#patience <= now && !counted.has(recordId)) counted.set(recordId, sentAt);
    return { count: counted.size, since: counted.size === 0 ? null : Math.min(...counted.values()) };
  }

  #fail(recordId: string, sentAt: number): void {
    this.#failed.set(recordId, Math.min(sentAt, this.#failed.get(recordId) ?? Infinity));
  }

  /** Something arrived: what was sent before it and is missing was lost on its own. */
  #prove(recordId: string): void {
    const provenAt = this.#sent.get(recordId);
    this.#sent.delete(recordId);
    this.#failed.delete(recordId);
    if (provenAt === undefined) return;
    for (const known of [this.#sent, this.#failed])
      for (const [other, sentAt] of known) if (sentAt <= provenAt) known.delete(other);
  }
}
