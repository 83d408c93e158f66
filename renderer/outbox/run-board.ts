import type { Clock } from '../domain/clock';
import type { StoredRecord } from '../domain/record';
import type { OutboxProgress, RecordResult } from './office';

const resultsKept = 500;

/** What the outbox tells of itself: how far a run is, and what became of each record lately. Nothing here decides anything. */
export class RunBoard {
  readonly #clock: Clock;
  readonly #listeners = new Set<() => void>();
  #progress: OutboxProgress = { kind: 'idle' };
  #results: readonly RecordResult[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get progress(): OutboxProgress {
    return this.#progress;
  }

  /** Newest first. */
  get results(): readonly RecordResult[] {
    return this.#results;
  }

  /** Whether a run is signing or sending something: a look into the mailbox is none. */
  get isSending(): boolean {
    const now = this.#progress;
    return now.kind === 'running' && now.step !== 'collecting' && now.total > 0;
  }

  /** Called whenever something else is told. Returns how to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  begin(step: 'signing' | 'sending'): void {
    this.#show({ kind: 'running', step, total: 0, done: 0, startedAt: this.#now() });
  }

  advance(step: 'signing' | 'sending' | 'collecting', total: number, done: number): void {
    const startedAt = this.#progress.kind === 'running' ? this.#progress.startedAt : this.#now();
    this.#show({ kind: 'running', step, total, done, startedAt });
  }

  end(): void {
    this.#show({ kind: 'idle' });
  }

  /** What became of a record; told with the next step of the progress. */
  note(record: StoredRecord, outcome: RecordResult['outcome'], text: string): void {
    const result: RecordResult = { recordId: record.id, record, at: this.#now(), outcome, text };
    this.#results = [result, ...this.#results].slice(0, resultsKept);
  }

  #show(progress: OutboxProgress): void {
    this.#progress = progress;
    for (const listener of this.#listeners) listener();
  }

  #now(): string {
    return this.#clock.now().toISOString();
  }
}
