import { insurerErrorCode } from '../domain/insurer-error-codes';
import type { StoredRecord } from '../domain/record';
import type { Setup } from '../store/store';
import { isOwed, isReady, outagesFor, payerIndex } from './agenda';
import { collectAnswers } from './collecting';
import type { Exclusively } from './exclusively';
import { failureObstacle, notWrittenObstacle, obstacle } from './obstacles';
import type { CollectionRun, Obstacle, OfficeMeans, OutboxProgress, RecordResult, SubmissionRun } from './office';
import { Restoration, type RestorationView } from './restoration';
import type { RestorationQueue } from './restoration-queue';
import { RunBoard } from './run-board';
import type { SigningCard } from './signer';
import { signAll, type SigningTask } from './signing';
import { sendOne } from './sending';

/** So many records are on their way to the mail server at a time; the server's one connection is never idle, the store never waits. */
const inFlight = 8;

export interface OutboxMeans extends Pick<OfficeMeans, 'store' | 'host' | 'clock' | 'newId'> {
  /** Whether a doctor is at work: only then is anything signed. */
  readonly maySign: () => boolean;
}

/**
 * Signs, sends and collects. One run at a time in all windows; a run takes its records oldest first, and what becomes of each is
 * written before the next step. Nothing is kept here that isn't in the store: after a crash the store tells where to go on.
 */
export class Outbox {
  readonly #means: OutboxMeans;
  readonly #exclusively: Exclusively;
  readonly #board: RunBoard;
  readonly #restoration: Restoration;
  /** The running submission ends after what is in flight. */
  #isStopping = false;
  /** The look into the mailbox or for what is due that runs by itself just now. */
  #background: Promise<unknown> | null = null;

  constructor(means: OutboxMeans, exclusively: Exclusively) {
    this.#means = means;
    this.#exclusively = exclusively;
    this.#board = new RunBoard(means.clock);
    this.#restoration = new Restoration(means);
  }

  /** How every insurer stands that isn't well or to whom something is owed. */
  async restoration(): Promise<RestorationView> {
    return this.#restoration.view();
  }

  /** Ends the running submission after what is in flight; the rest stays owed. */
  stop(): void {
    this.#isStopping = true;
  }

  progress(): OutboxProgress {
    return this.#board.progress;
  }

  /** What became of each record lately, newest first. */
  results(): readonly RecordResult[] {
    return this.#board.results;
  }

  onProgress(listener: () => void): () => void {
    return this.#board.onChange(listener);
  }

  /**
   * Signs and sends everything that is owed and not held back by an outage, as its insurers' health allows: the rest waits for its turn.
   * With ids: these records, whatever health says.
   */
  async submit(setup: Setup, ids?: readonly string[], card: SigningCard = ownCards): Promise<SubmissionRun> {
    await this.#backgroundEnded();
    if (ids !== undefined) return this.#run('signing', async () => this.#submit(setup, await this.#chosen(ids), card));
    return this.#run('signing', async () => {
      const signed = await this.#sign(setup, (await this.#unsigned()).reverse(), card);
      const sent = await this.#restore(setup, 'all');
      return ending(sent, signed);
    });
  }

  /** Sends what is signed and due: an unanswered attempt at once, the rest by its waiting time and its insurer's health. */
  async retry(setup: Setup): Promise<SubmissionRun> {
    return this.#inBackground(() => this.#retry(setup));
  }

  async #retry(setup: Setup): Promise<SubmissionRun> {
    return this.#run('sending', async () => {
      // P6-03: what an outage kept from being signed goes by itself when it has ended, also where the program was closed in between.
      await this.#restoration.catchUp();
      const issued = await this.#unsigned();
      const signed = await this.#sign(
        setup,
        issued.filter((record) => this.#restoration.isToBeSigned(record)).reverse(),
        ownCards,
      );
      return ending(await this.#restore(setup, 'due'), signed);
    });
  }

  /** Takes the one next step that an insurer error asks for (P5-04), and sends the result. `card` signs where the step is to sign (P4-02). */
  async takeNextStep(setup: Setup, id: string, card: SigningCard = ownCards): Promise<SubmissionRun | Obstacle> {
    await this.#backgroundEnded();
    const record = await this.#means.store.records.get(id);
    if (record?.state.stage !== 'rejected') return obstacle('nothing-to-do');
    switch (insurerErrorCode(record.state.error.code)?.nextStep) {
      case 'recreate':
        // Only who made a document can make another one: its numbers and its content are theirs.
        if (record.state.imported !== null) return obstacle('imported-recreate');
        if (!this.#means.maySign()) return obstacle('role-sign');
        return this.#run('signing', async () => this.#submit(setup, [{ record, what: 'new-document' }], card));
      case 'sign-again':
        if (!this.#means.maySign()) return obstacle('role-sign');
        return this.#run('signing', async () => this.#submit(setup, [{ record, what: 'same-document' }], card));
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
    return this.#inBackground(() => this.#collect(setup));
  }

  async #collect(setup: Setup): Promise<CollectionRun> {
    const run = await this.#exclusively(async (): Promise<CollectionRun> => {
      const collection = await collectAnswers(this.#means, setup);
      if (collection.kind === 'failed')
        return { kind: 'stopped', obstacle: failureObstacle('mailbox', collection.failure) };
      return { kind: 'done', answers: collection.answers, unmatched: collection.unmatched };
    });
    return run ?? { kind: 'already-running' };
  }

  async #inBackground<T>(work: () => Promise<T>): Promise<T> {
    const mine = work();
    const quiet = mine.catch(() => undefined);
    this.#background = quiet;
    try {
      return await mine;
    } finally {
      if (this.#background === quiet) this.#background = null;
    }
  }

  /** What a person asks for waits for a look that happens to run, and isn't turned away; a run that is sending itself is told of instead. */
  async #backgroundEnded(): Promise<void> {
    while (this.#background !== null && !this.#board.isSending) await this.#background;
  }

  async #run(step: 'signing' | 'sending', work: () => Promise<SubmissionRun>): Promise<SubmissionRun> {
    const run = await this.#exclusively(async (): Promise<SubmissionRun> => {
      // A backup was put back: until a person has decided, nothing is signed or sent, not even what was chosen by hand.
      if ((await this.#means.store.restoredHold()) !== null)
        return { kind: 'stopped', obstacle: obstacle('held-after-restore'), handedOver: 0 };
      this.#board.begin(step);
      this.#isStopping = false;
      try {
        return await work();
      } finally {
        this.#board.end();
        await this.#means.host.host.setInFlight({ count: 0 });
      }
    });
    return run ?? { kind: 'already-running' };
  }

  /** Explicitly chosen records go whatever an outage says, those already handed over once more (the same bytes). */
  async #chosen(ids: readonly string[]): Promise<readonly (StoredRecord | SigningTask)[]> {
    const { store } = this.#means;
    const chosen: StoredRecord[] = [];
    for (const id of ids) {
      const record = await store.records.get(id);
      if (record === null) continue;
      if (isReady(record)) chosen.push(record);
      else if ('document' in record.state && record.state.stage !== 'attempting') {
        const again = await this.#requestAgain(id, '');
        if (again !== null) chosen.push(again);
      }
    }
    return chosen;
  }

  /** What may be signed now: nothing while no doctor is at work. It stays issued, and the agenda shows it waiting for one. */
  async #unsigned(): Promise<StoredRecord[]> {
    if (!this.#means.maySign()) return [];
    return this.#notHeldBack((await this.#means.store.records.list(['issued'])).filter(isReady));
  }

  async #requestAgain(id: string, reason: string): Promise<StoredRecord | null> {
    const again = await this.#means.store.records.append(id, [{ type: 'resend-requested', reason }]);
    return again.kind === 'written' ? again.record : null;
  }

  async #notHeldBack(records: readonly StoredRecord[]): Promise<StoredRecord[]> {
    const { store } = this.#means;
    const outages = await store.outages();
    const payers = payerIndex(await store.payers());
    return records.filter(
      (record) => isOwed(record) && outagesFor(record.content.coverage, outages, payers).length === 0,
    );
  }

  async #submit(
    setup: Setup,
    chosen: readonly (StoredRecord | SigningTask)[],
    card: SigningCard,
  ): Promise<SubmissionRun> {
    const all = [...chosen].reverse();
    const unsigned = all.filter(
      (one) => 'what' in one || one.state.stage === 'issued' || one.state.stage === 'rejected',
    );
    const maySign = this.#means.maySign();
    const signed = await this.#sign(setup, maySign ? unsigned : [], card);
    const ready = all.filter((one): one is StoredRecord => 'state' in one && one.state.stage !== 'issued');
    const waiting = [...ready, ...signed.records];
    const sent = await this.#sendAll(setup, waiting.length, {
      next: () => Promise.resolve(waiting.shift() ?? null),
      done: () => undefined,
    });
    const run = ending(sent, signed);
    if (maySign || unsigned.length === 0 || run.kind !== 'done') return run;
    return { kind: 'stopped', obstacle: obstacle('role-sign'), handedOver: run.handedOver };
  }

  async #sign(setup: Setup, toSign: readonly (StoredRecord | SigningTask)[], card: SigningCard): Promise<SignedRun> {
    const tasks = toSign.map((one) => ('what' in one ? one : { record: one, what: 'new-document' as const }));
    const records: StoredRecord[] = [];
    let failed = 0;
    this.#board.advance('signing', tasks.length, 0);
    const signing = signAll(this.#means, setup, tasks, { card, isStopped: () => this.#isStopping });
    for (let done = 1; ; done += 1) {
      const next = await signing.next();
      // What is signed goes out, even where the connector gave up on the way.
      if (next.done === true) {
        const stopped = next.value === null ? null : failureObstacle('connector', next.value);
        return { records, failed, stopped };
      }
      const signed = next.value;
      if (signed.kind === 'signed') {
        records.push(signed.record);
        this.#board.note(signed.record, 'signed', '');
      } else {
        failed += 1;
        const task = tasks.find(({ record }) => record.id === signed.recordId);
        const why = signed.kind === 'failed' ? signed.failure.text : signed.change.kind;
        if (task !== undefined) this.#board.note(task.record, 'failed', why);
      }
      this.#board.advance('signing', tasks.length, done);
    }
  }

  /**
   * Sends what may go, looks for the answers, and goes on as long as they make room for more: with insurers that answer at once a whole
   * restoration is one run; else the next run goes on where this one ended. `all`: the user asked, what was set back needn't wait longer.
   */
  async #restore(setup: Setup, which: 'all' | 'due'): Promise<Submitted> {
    const { store } = this.#means;
    const stages = ['signed', 'unknown', 'handed-over'] as const;
    let handedOver = 0;
    let failed = 0;
    // What has got its receipt meanwhile needn't go again.
    if ((await store.records.list(['handed-over'])).length > 0) await this.#look(setup);
    for (let round = 0; ; round += 1) {
      await this.#restoration.catchUp();
      const owed = await this.#notHeldBack(await store.records.list(stages));
      // What is set back in this very run waits its time.
      const queue = await this.#restoration.queue(owed, round === 0 ? which : 'due');
      const sent = await this.#sendAll(setup, queue.length, {
        next: () => this.#nextOf(queue),
        done: (record) => this.#restoration.release(record),
      });
      handedOver += sent.handedOver;
      if (sent.kind === 'stopped') return { ...sent, handedOver };
      failed += sent.failed;
      const isThrough = sent.handedOver === 0 || queue.length === 0 || this.#isStopping;
      if (isThrough || (await this.#look(setup)) === 0) {
        return { kind: 'done', handedOver, failed, heldBack: queue.length };
      }
    }
  }

  /** Looks into the mailbox in the middle of a run. Returns how many answers came; a mailbox that can't be reached brings none. */
  async #look(setup: Setup): Promise<number> {
    this.#board.advance('collecting', 1, 0);
    const collected = await collectAnswers(this.#means, setup);
    return collected.kind === 'done' ? collected.answers : 0;
  }

  /** The next record whose insurer has room; one that was handed over is asked for again first. */
  async #nextOf(queue: RestorationQueue): Promise<StoredRecord | null> {
    await this.#restoration.follow();
    for (;;) {
      const record = this.#isStopping ? null : this.#restoration.take(queue);
      if (record?.state.stage !== 'handed-over') return record;
      const again = await this.#requestAgain(record.id, 'no-receipt');
      if (again !== null) return again;
      this.#restoration.release(record);
    }
  }

  async #sendAll(
    setup: Setup,
    total: number,
    queue: { next: () => Promise<StoredRecord | null>; done: (record: StoredRecord) => void },
  ): Promise<Submitted> {
    let handedOver = 0;
    let failed = 0;
    let done = 0;
    // What ends the run for all workers.
    const end: { by: Obstacle | null } = { by: null };
    this.#board.advance('sending', total, 0);
    await this.#means.host.host.setInFlight({ count: total });
    // One after another asks for the next one: two could take the last room of an insurer.
    let turn: Promise<StoredRecord | null> = Promise.resolve(null);
    const worker = async () => {
      for (;;) {
        turn = turn.then(() => (end.by === null ? queue.next() : null));
        const record = await turn;
        if (record === null) return;
        const sending = await sendOne(this.#means, setup, record);
        queue.done(record);
        switch (sending.kind) {
          case 'handed-over':
            handedOver += 1;
            this.#board.note(record, 'handed-over', '');
            break;
          case 'no-recipient':
            failed += 1;
            this.#board.note(record, 'no-recipient', '');
            break;
          case 'failed':
            failed += 1;
            this.#board.note(record, 'failed', sending.text);
            if (sending.systemic !== null) end.by = failureObstacle('sending', sending.systemic);
            break;
          case 'unknown':
            failed += 1;
            this.#board.note(record, 'unknown', sending.text);
            break;
          case 'not-written':
            if (sending.change.kind === 'storage-failed') end.by = notWrittenObstacle(sending.change);
            break;
        }
        done += 1;
        this.#board.advance('sending', total, done);
      }
    };
    await Promise.all(Array.from({ length: Math.min(inFlight, total) }, worker));
    return end.by === null
      ? { kind: 'done', handedOver, failed, heldBack: 0 }
      : { kind: 'stopped', obstacle: end.by, handedOver };
  }
}

type Submitted = Exclude<SubmissionRun, { kind: 'already-running' }>;

const ownCards: SigningCard = { kind: 'own' };

/** What became of signing: the signed records, oldest first, and what stopped it. */
interface SignedRun {
  readonly records: readonly StoredRecord[];
  readonly failed: number;
  readonly stopped: Obstacle | null;
}

/** The end of a run that signed and sent. */
function ending(sent: Submitted, signed: SignedRun): Submitted {
  if (sent.kind === 'stopped') return sent;
  if (signed.stopped !== null) return { kind: 'stopped', obstacle: signed.stopped, handedOver: sent.handedOver };
  return { ...sent, failed: signed.failed + sent.failed };
}
