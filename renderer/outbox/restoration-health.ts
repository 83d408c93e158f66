/**
 * How an insurer stands: `down → probing → recovering → up`, a circuit breaker computed from what happened and from nothing else, so that it
 * is the same after the program was closed in the middle. After an outage one canary certificate goes first and its receipt is awaited, then
 * more at a time with each receipt; a failure or a missing receipt closes the insurer again, the longer the more often it happened.
 */

/** Instants are milliseconds since 1970 in this file: they are compared far more often than shown. */
export interface RestorationLimits {
  /** A receipt comes within minutes of handing over; one that hasn't come after so long is missing. */
  readonly receiptPatience: number;
  /** Wait after the first failure; it doubles with each further one. */
  readonly firstPause: number;
  /** P5-04: no longer than four hours. */
  readonly longestPause: number;
  /** With so many unanswered at a time and all well, an insurer is up. */
  readonly fullWindow: number;
}

export const usualLimits: RestorationLimits = {
  receiptPatience: 30 * 60_000,
  firstPause: 10 * 60_000,
  longestPause: 4 * 3_600_000,
  fullWindow: 16,
};

/** A share in [0, 1) of a name: equal for the same name, so that a pause is the same after a restart. */
export type Jitter = (name: string) => number;

/** Why an insurer is not up. */
export type HealthReason = 'outage' | 'bounced' | 'refused' | 'rejected' | 'no-receipt';

/** What happened that says something about an insurer. */
export type Signal =
  | { readonly kind: 'outage-began' | 'outage-ended'; readonly at: number; readonly outageId: string }
  | {
      readonly kind: 'attempted' | 'handed-over';
      readonly at: number;
      readonly recordId: string;
      readonly attemptId: string;
    }
  /** A receipt, or any other sign that the insurer read the document. */
  | { readonly kind: 'answered'; readonly at: number; readonly recordId: string }
  | {
      readonly kind: 'failed';
      readonly at: number;
      readonly recordId: string;
      readonly reason: 'bounced' | 'refused' | 'rejected';
      /** It may be this certificate's own fault: counts only until the insurer is known to be well. */
      readonly ownFault: boolean;
    }
  /** The attempt is over without saying anything about the insurer: the line broke, the program died, somebody asks for another one. */
  | { readonly kind: 'set-aside'; readonly at: number; readonly recordId: string };

/** How an insurer stands at an instant. */
export interface Health {
  readonly state: 'down' | 'probing' | 'recovering' | 'up';
  readonly since: number;
  /** Why it is not up; of what it is recovering from, while it is probed. */
  readonly reason: HealthReason | null;
  /** Failures in a row since it was last up. */
  readonly failures: number;
  /** `down` after a failure: when the next canary goes; `null` while an outage lasts. */
  readonly retryAt: number | null;
  /** The certificate that probes it now. */
  readonly canary: string | null;
  /** So many may be unanswered at a time; infinite while it is up. */
  readonly window: number;
  /** Certificates on their way to it, by when their receipt is missing. */
  readonly unanswered: ReadonlyMap<string, number>;
  /** When the last attempt was made that is known to have arrived. */
  readonly provenAt: number | null;
  /** When the last outage that concerned it ended. */
  readonly restoredAt: number | null;
}

interface Underway {
  readonly attemptId: string;
  readonly at: number;
}

/** Follows one insurer. Signals must come in the order of their instants. */
export class HealthMonitor {
  readonly #name: string;
  readonly #limits: RestorationLimits;
  readonly #jitter: Jitter;
  readonly #outages = new Set<string>();
  /** In the order of their attempts, so that the first one's receipt is the first to be missing. */
  readonly #underway = new Map<string, Underway>();
  readonly #lastAttempt = new Map<string, number>();
  #state: Health['state'] = 'up';
  #since = 0;
  #reason: HealthReason | null = null;
  #failures = 0;
  #retryAt: number | null = null;
  #canary: string | null = null;
  #window = Infinity;
  #provenAt: number | null = null;
  #restoredAt: number | null = null;

  constructor(name: string, options: { limits: RestorationLimits; jitter: Jitter }) {
    this.#name = name;
    this.#limits = options.limits;
    this.#jitter = options.jitter;
  }

  /** Takes a signal in. */
  follow(signal: Signal): void {
    this.#passTo(signal.at);
    switch (signal.kind) {
      case 'outage-began':
        this.#outages.add(signal.outageId);
        this.#close(signal.at, 'outage');
        return;
      case 'outage-ended':
        this.#outages.delete(signal.outageId);
        if (this.#outages.size > 0) return;
        this.#failures = 0;
        this.#restoredAt = signal.at;
        this.#probe(signal.at);
        return;
      case 'attempted':
        this.#underway.delete(signal.recordId);
        this.#underway.set(signal.recordId, signal);
        this.#lastAttempt.set(signal.recordId, signal.at);
        // Somebody sends without waiting for the pause to end: then this one is the canary.
        if (this.#state === 'down' && this.#outages.size === 0) this.#probe(signal.at);
        if (this.#state === 'probing') this.#canary ??= signal.recordId;
        return;
      case 'handed-over':
        if (this.#underway.get(signal.recordId)?.attemptId !== signal.attemptId) return;
        this.#underway.delete(signal.recordId);
        this.#underway.set(signal.recordId, signal);
        return;
      case 'answered':
        this.#underway.delete(signal.recordId);
        this.#prove(signal.at, signal.recordId);
        return;
      case 'failed':
        this.#underway.delete(signal.recordId);
        this.#fail(signal);
        return;
      case 'set-aside':
        this.#underway.delete(signal.recordId);
        if (this.#canary === signal.recordId) this.#canary = null;
    }
  }

  /** How it stands at an instant that isn't before the last signal. */
  at(now: number): Health {
    this.#passTo(now);
    const patience = this.#limits.receiptPatience;
    return {
      state: this.#state,
      since: this.#since,
      reason: this.#reason,
      failures: this.#failures,
      retryAt: this.#retryAt,
      canary: this.#canary,
      window: this.#window,
      unanswered: new Map([...this.#underway].map(([recordId, { at }]) => [recordId, at + patience])),
      provenAt: this.#provenAt,
      restoredAt: this.#restoredAt,
    };
  }

  /** So many more may go out to it at an instant; `taken`: certificates about to be attempted. */
  room(now: number, taken: ReadonlySet<string>): number {
    this.#passTo(now);
    if (this.#state === 'down') return 0;
    const alsoTaken = [...taken].filter((recordId) => !this.#underway.has(recordId)).length;
    return Math.max(0, this.#window - this.#underway.size - alsoTaken);
  }

  /** Lets time pass: receipts go missing, pauses end. */
  #passTo(now: number): void {
    for (;;) {
      const [first] = this.#underway;
      const missingAt = first === undefined ? Infinity : first[1].at + this.#limits.receiptPatience;
      const retryAt = this.#state === 'down' && this.#outages.size === 0 ? (this.#retryAt ?? Infinity) : Infinity;
      if (Math.min(missingAt, retryAt) > now) return;
      if (retryAt <= missingAt) {
        this.#probe(retryAt);
      } else if (first !== undefined) {
        const [recordId, { at }] = first;
        this.#underway.delete(recordId);
        // A later one arrived: then one mail was lost, the insurer is well.
        if ((this.#provenAt ?? -1) <= at) this.#closeAfterFailure(missingAt, 'no-receipt');
      }
    }
  }

  #prove(at: number, recordId: string): void {
    if (this.#state === 'down') return;
    const attemptedAt = this.#lastAttempt.get(recordId) ?? 0;
    this.#provenAt = Math.max(this.#provenAt ?? 0, attemptedAt);
    // A receipt for what went out before says nothing about now.
    if (this.#state === 'up' || attemptedAt < this.#since) return;
    if (this.#state === 'probing') {
      this.#state = 'recovering';
      this.#canary = null;
      this.#window = 2;
    } else {
      this.#window += 1;
    }
    if (this.#window < this.#limits.fullWindow) return;
    this.#state = 'up';
    this.#since = at;
    this.#reason = null;
    this.#failures = 0;
    this.#window = Infinity;
  }

  #fail({ at, recordId, reason, ownFault }: Extract<Signal, { kind: 'failed' }>): void {
    const attemptedAt = this.#lastAttempt.get(recordId) ?? 0;
    if (this.#canary === recordId) this.#canary = null;
    if (ownFault && this.#state === 'up') return;
    // Bad news about what went out before: something later arrived, or it is of the time before this canary.
    const isOld = reason === 'rejected' ? attemptedAt < this.#since : attemptedAt < (this.#provenAt ?? 0);
    if (!isOld) this.#closeAfterFailure(at, reason);
  }

  #closeAfterFailure(at: number, reason: HealthReason): void {
    if (this.#state === 'down') return;
    this.#failures += 1;
    this.#close(at, reason);
    const { firstPause, longestPause } = this.#limits;
    const pause = Math.min(longestPause, firstPause * 2 ** Math.min(this.#failures - 1, 20));
    // Up to a quarter more, so that insurers that fell together don't all knock at one provider's door at one time.
    const share = this.#jitter(`${this.#name}/${this.#failures}/${at}`);
    this.#retryAt = at + Math.min(longestPause, pause * (1 + share / 4));
  }

  #close(at: number, reason: HealthReason): void {
    if (this.#state !== 'down') this.#since = at;
    this.#state = 'down';
    this.#reason = reason;
    this.#retryAt = null;
    this.#canary = null;
    this.#window = 1;
    // What is on its way now gets no receipt to wait for: it goes again when the insurer is back.
    this.#underway.clear();
  }

  #probe(at: number): void {
    this.#state = 'probing';
    this.#since = at;
    this.#retryAt = null;
    this.#canary = null;
    this.#window = 1;
    this.#underway.clear();
  }
}

/** How an insurer stands after these signals: the same for the same signals, whenever and however often it is asked. */
export function healthOf(
  name: string,
  signals: readonly Signal[],
  options: { now: number; limits: RestorationLimits; jitter: Jitter },
): Health {
  const monitor = new HealthMonitor(name, options);
  for (const signal of signals) monitor.follow(signal);
  return monitor.at(options.now);
}
