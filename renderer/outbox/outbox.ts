import type { Failure } from '../../electron/contract/call';
import type { Host } from '../../electron/contract/host';
import type { Clock } from '../domain/clock';
import { insurerErrorCode } from '../domain/insurer-error-codes';
import type { StoredRecord } from '../domain/record';
import type { Setup, Store } from '../store/store';
import { isOwed, isReady, outagesFor, payerIndex } from './agenda';
import { collectAnswers } from './collecting';
import type { Exclusively } from './exclusively';
import { failureObstacle, notWrittenObstacle, obstacle } from './obstacles';
import type { CollectionRun, Obstacle, OutboxProgress, RecordResult, SubmissionRun } from './office';
import { isDue } from './retrying';
import { signAll, type SigningTask } from './signing';
import { sendOne } from './sending';

/** So many records are on their way to the mail server at a time; the server's one connection is never idle, the store never waits. */
const inFlight = 4;
const resultsKept = 500;

/**
 * Signs, sends and collects. One run at a time in all windows; a run takes its records oldest first, and what becomes of each is
 * written before the next step. Nothing is kept here that isn't in the store: after a crash the store tells where to go on.
 */
export class Outbox {
  readonly #means: { store: Store; host: Host; clock: Clock; newId: () => string };
  readonly #exclusively: Exclusively;
  readonly #listeners = new Set<() => void>();
  #progress: OutboxProgress = { kind: 'idle' };
  #results: readonly RecordResult[] = [];

  constructor(means: { store: Store; host: Host; clock: Clock; newId: () => string }, exclusively: Exclusively) {
    this.#means = means;
    this.#exclusively = exclusively;
  }

  progress(): OutboxProgress {
    return this.#progress;
  }

  /** What became of each record lately, newest first. */
  results(): readonly RecordResult[] {
    return this.#results;
  }

  onProgress(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Signs and sends these records, or everything that is owed and not held back by an outage. */
  async submit(setup: Setup, ids?: readonly string[]): Promise<SubmissionRun> {
    return this.#run('signing', async () => this.#submit(setup, await this.#chosen(ids)));
  }

  /** Sends again what is signed and due for another attempt: an unanswered attempt at once, the rest by its waiting time. */
  async retry(setup: Setup): Promise<SubmissionRun> {
    return this.#run('sending', async () => {
      const now = this.#means.clock.now();
      const records = await this.#means.store.records.list(['signed', 'unknown']);
      return this.#submit(setup, await this.#notHeldBack(records.filter((record) => isDue(record.state, now))));
    });
  }

  /** Takes the one next step that an insurer error asks for (P5-04), and sends the result. */
  async takeNextStep(setup: Setup, id: string): Promise<SubmissionRun | Obstacle> {
    const record = await this.#means.store.records.get(id);
    if (record?.state.stage !== 'rejected') return obstacle('nothing-to-do');
    switch (insurerErrorCode(record.state.error.code)?.nextStep) {
      case 'recreate':
        return this.#run('signing', async () => this.#submit(setup, [{ record, what: 'new-document' }]));
      case 'sign-again':
        return this.#run('signing', async () => this.#submit(setup, [{ record, what: 'same-document' }]));
      case 'resend':
        return this.submit(setup, [id]);
      case 'inform-new-card':
      case 'certificate-error-first':
      case undefined:
        return obstacle('nothing-to-do');
    }
  }

  /** Looks into the mailbox. */
  async collect(setup: Setup): Promise<CollectionRun> {
    const run = await this.#exclusively(async (): Promise<CollectionRun> => {
      const collection = await collectAnswers(this.#means, setup);
      if (collection.kind === 'failed')
        return { kind: 'stopped', obstacle: failureObstacle('mailbox', collection.failure) };
      return { kind: 'done', answers: collection.answers, unmatched: collection.unmatched };
    });
    return run ?? { kind: 'already-running' };
  }

  async #run(step: 'signing' | 'sending', work: () => Promise<SubmissionRun>): Promise<SubmissionRun> {
    const run = await this.#exclusively(async () => {
      this.#show({ kind: 'running', step, total: 0, done: 0, startedAt: this.#means.clock.now().toISOString() });
      try {
        return await work();
      } finally {
        this.#show({ kind: 'idle' });
        await this.#means.host.host.setInFlight({ count: 0 });
      }
    });
    return run ?? { kind: 'already-running' };
  }

  /** Explicitly chosen records go whatever an outage says, those already handed over once more (the same bytes). */
  async #chosen(ids: readonly string[] | undefined): Promise<readonly (StoredRecord | SigningTask)[]> {
    const { store } = this.#means;
    if (ids === undefined) {
      const records = await store.records.list(['issued', 'signed', 'unknown']);
      return this.#notHeldBack(records.filter(isReady));
    }
    const chosen: StoredRecord[] = [];
    for (const id of ids) {
      const record = await store.records.get(id);
      if (record === null) continue;
      if (isReady(record)) chosen.push(record);
      else if ('document' in record.state && record.state.stage !== 'attempting') {
        const again = await store.records.append(id, [{ type: 'resend-requested', reason: '' }]);
        if (again.kind === 'written') chosen.push(again.record);
      }
    }
    return chosen;
  }

  async #notHeldBack(records: readonly StoredRecord[]): Promise<StoredRecord[]> {
    const { store } = this.#means;
    const outages = await store.outages();
    const payers = payerIndex(await store.payers());
    return records.filter(
      (record) => isOwed(record) && outagesFor(record.content.coverage, outages, payers).length === 0,
    );
  }

  async #submit(setup: Setup, chosen: readonly (StoredRecord | SigningTask)[]): Promise<SubmissionRun> {
    const all = [...chosen].reverse();
    const tasks = all
      .map((one) => ('what' in one ? one : { record: one, what: 'new-document' as const }))
      .filter(({ record }) => record.state.stage === 'issued' || record.state.stage === 'rejected');
    const ready = all.filter((one): one is StoredRecord => 'state' in one && one.state.stage !== 'issued');
    let failed = 0;
    this.#advance('signing', tasks.length, 0);
    const signing = signAll(this.#means, setup, tasks);
    let stopped: Failure | null = null;
    for (let done = 1; ; done += 1) {
      const next = await signing.next();
      if (next.done === true) {
        stopped = next.value;
        break;
      }
      const signed = next.value;
      if (signed.kind === 'signed') {
        ready.push(signed.record);
        this.#note(signed.record.id, 'signed', '');
      } else {
        failed += 1;
        this.#note(signed.recordId, 'failed', signed.kind === 'failed' ? signed.failure.text : signed.change.kind);
      }
      this.#advance('signing', tasks.length, done);
    }
    // What is signed goes out, even where the connector gave up on the way.
    const sent = await this.#sendAll(setup, ready);
    if (sent.kind === 'stopped') return sent;
    if (stopped !== null)
      return { kind: 'stopped', obstacle: failureObstacle('connector', stopped), handedOver: sent.handedOver };
    return { kind: 'done', handedOver: sent.handedOver, failed: failed + sent.failed, heldBack: 0 };
  }

  async #sendAll(
    setup: Setup,
    records: readonly StoredRecord[],
  ): Promise<Exclude<SubmissionRun, { kind: 'already-running' }>> {
    const waiting = [...records];
    let handedOver = 0;
    let failed = 0;
    let done = 0;
    // What ends the run for all workers.
    const end: { by: Obstacle | null } = { by: null };
    this.#advance('sending', records.length, 0);
    await this.#means.host.host.setInFlight({ count: records.length });
    const worker = async () => {
      for (let record = waiting.shift(); record !== undefined && end.by === null; record = waiting.shift()) {
        const sending = await sendOne(this.#means, setup, record);
        switch (sending.kind) {
          case 'handed-over':
            handedOver += 1;
            this.#note(record.id, 'handed-over', '');
            break;
          case 'no-recipient':
            failed += 1;
            this.#note(record.id, 'no-recipient', '');
            break;
          case 'failed':
            failed += 1;
            this.#note(record.id, 'failed', sending.text);
            if (sending.systemic !== null) end.by = failureObstacle('sending', sending.systemic);
            break;
          case 'unknown':
            failed += 1;
            this.#note(record.id, 'unknown', sending.text);
            break;
          case 'not-written':
            if (sending.change.kind === 'storage-failed') end.by = notWrittenObstacle(sending.change);
            break;
        }
        done += 1;
        this.#advance('sending', records.length, done);
      }
    };
    await Promise.all(Array.from({ length: Math.min(inFlight, records.length) }, worker));
    return end.by === null
      ? { kind: 'done', handedOver, failed, heldBack: 0 }
      : { kind: 'stopped', obstacle: end.by, handedOver };
  }

  #advance(step: 'signing' | 'sending', total: number, done: number): void {
    const startedAt =
      this.#progress.kind === 'running' ? this.#progress.startedAt : this.#means.clock.now().toISOString();
    this.#show({ kind: 'running', step, total, done, startedAt });
  }

  #note(recordId: string, outcome: RecordResult['outcome'], text: string): void {
    const result: RecordResult = { recordId, at: this.#means.clock.now().toISOString(), outcome, text };
    this.#results = [result, ...this.#results].slice(0, resultsKept);
  }

  #show(progress: OutboxProgress): void {
    this.#progress = progress;
    for (const listener of this.#listeners) listener();
  }
}
