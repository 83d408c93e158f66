import type { Faults, ReceivedMessage } from '../contract/rehearsal';
import { writeInsurerError, writeKimServiceError, writeUnrelatedMail, type MailHead } from './answer-mails';
import type { Authority } from './authority';
import { isReportWanted, writeDeliveryReport, type Delivery } from './delivery-report';
import type { DirectoryEntry } from './directory';
import { Intake, type Judgement } from './intake';
import type { Mailbox } from './mailbox';
import type { Recipient, Submission } from './smtp';

/** An insurer of the world. */
export interface WorldPayer {
  readonly ik: string;
  readonly name: string;
  readonly provider: string;
}

export interface MailServiceOptions {
  /** The authority of the cards whose signatures insurers accept. */
  readonly cards: Authority;
  readonly mailbox: Mailbox;
  /** Host name of the KIM service. */
  readonly service: string;
  readonly practiceAddress: string;
  readonly seed: number;
  readonly now: () => Date;
  readonly log: (line: string) => void;
  /** A UUID, a new one each time. */
  readonly nextId: () => string;
}

interface PendingError {
  readonly payerIk: string;
  readonly code: string;
  left: number;
}

/** What an insurer writes when it takes a message for malware (P5-04). */
const malwareBody = 'Achtung möglicher Virenbefall';
/** Put behind the code 101 or 102 of an error that is to warn of malware. */
const malwareMark = '-malware';
/** Codes that are none of the insurers': the KIM service's own have four digits. */
const kimServiceCode = /^\d{4}$/;
/** One mail of another service on so many messages. */
const unrelatedEvery = 10;

/** The KIM service with the insurers behind it: brings messages to their intakes, and reports and answers to the practice's mailbox. */
export class MailService {
  readonly #payers = new Map<string, WorldPayer>();
  readonly #received: ReceivedMessage[] = [];
  readonly #intake: Intake;
  #providerFaults: Faults['providers'] = [];
  #errors: PendingError[] = [];
  /** Messages are judged one after another, in the order in which they came. */
  #last: Promise<void> = Promise.resolve();

  constructor(private readonly options: MailServiceOptions) {
    this.#intake = new Intake(options.cards);
  }

  /** Adds an insurer, unless there is one with this IK. */
  addPayer(payer: WorldPayer): void {
    if (!this.#payers.has(payer.ik)) this.#payers.set(payer.ik, payer);
  }

  setFaults(faults: Faults): void {
    this.#providerFaults = faults.providers;
    this.#errors = faults.insurerErrors.map((error) => ({ ...error, left: error.count }));
  }

  payers(): readonly WorldPayer[] {
    return [...this.#payers.values()];
  }

  directoryEntries(): readonly DirectoryEntry[] {
    return [...this.#payers.values()].map((payer) => ({
      payerIk: payer.ik,
      name: payer.name,
      address: this.#addressOf(payer),
    }));
  }

  isRecipient(address: string): boolean {
    return this.#payerAt(address) !== undefined || this.#isOwn(address);
  }

  received(from: number): ReceivedMessage[] {
    return this.#received.slice(from);
  }

  /** Takes a message over. Resolves when the insurers' answers are in the practice's mailbox. */
  async deliver(submission: Submission): Promise<void> {
    const mine = this.#last.then(async () => {
      for (const recipient of submission.recipients) await this.#bring(submission, recipient);
    });
    this.#last = mine.catch(() => undefined);
    await mine;
  }

  async #bring(submission: Submission, recipient: Recipient): Promise<void> {
    if (this.#isOwn(recipient.address)) {
      // To oneself: how a practice tries its own connections.
      this.options.mailbox.add(submission.raw);
      this.#report(submission, recipient, 'delivered');
      return;
    }
    const payer = this.#payerAt(recipient.address);
    if (payer === undefined) throw new Error(`${recipient.address} was accepted as a recipient.`);
    const broken = this.#providerFaults.find((fault) =>
      payer.provider.toLowerCase().startsWith(fault.provider.toLowerCase()),
    );
    const at = this.options.now();
    if (broken !== undefined) {
      this.#record(submission, payer, at, { verdict: 'lost', documentId: null, xmlSha256: null });
      this.#report(submission, recipient, broken.mode === 'bounce' ? 'failed' : 'delayed');
      return;
    }

    const judgement = await this.#intake.judge({
      raw: submission.raw,
      payerIk: payer.ik,
      isPayer: (ik) => this.#payers.has(ik),
      at,
      wantedError: () => this.#takeError(payer.ik),
    });
    const { verdict, messageId, subject } = judgement;
    this.#record(submission, payer, at, judgement);
    this.options.log(`${payer.ik} ${subject}: ${verdict}`);
    if (kimServiceCode.test(verdict)) {
      // The KIM service stumbled over the message before the insurer could see it.
      const head = this.#head(`clientmodul@${this.options.service}`);
      this.options.mailbox.add(await writeKimServiceError(verdict, { messageId, subject }, head));
      return;
    }
    this.#report(submission, recipient, 'delivered');
    if (verdict !== 'accepted') await this.#answer(payer, judgement);
    await this.#addUnrelated(payer);
  }

  async #answer(payer: WorldPayer, judgement: Judgement): Promise<void> {
    const mail = await writeInsurerError(
      {
        code: codeOf(judgement.verdict),
        id: this.options.nextId(),
        reference: judgement.reference,
        about: { sentOn: judgement.sentOn, patient: judgement.patient, payer: payer.name },
        body: judgement.verdict.endsWith(malwareMark) ? malwareBody : null,
      },
      this.#head(this.#addressOf(payer)),
    );
    this.options.mailbox.add(mail);
  }

  /** Now and then a mail comes that belongs to another program. */
  async #addUnrelated(payer: WorldPayer): Promise<void> {
    if ((this.#received.length + this.options.seed) % unrelatedEvery !== 0) return;
    this.options.mailbox.add(await writeUnrelatedMail(this.#head(this.#addressOf(payer))));
  }

  #report(submission: Submission, recipient: Recipient, delivery: Delivery): void {
    if (!isReportWanted(recipient, delivery)) return;
    this.options.mailbox.add(
      writeDeliveryReport(submission, recipient, delivery, {
        service: this.options.service,
        sender: this.options.practiceAddress,
        messageId: `${this.options.nextId()}@${this.options.service}`,
        at: this.options.now(),
      }),
    );
  }

  #record(
    submission: Submission,
    payer: WorldPayer,
    at: Date,
    result: Pick<ReceivedMessage, 'verdict' | 'documentId' | 'xmlSha256'>,
  ): void {
    this.#received.push({
      position: this.#received.length,
      at: at.toISOString(),
      to: this.#addressOf(payer),
      payerIk: payer.ik,
      envelopeId: submission.envelopeId ?? '',
      raw: submission.raw.toString('base64'),
      documentId: result.documentId,
      xmlSha256: result.xmlSha256,
      verdict: codeOf(result.verdict),
    });
  }

  #takeError(payerIk: string): string | null {
    const pending = this.#errors.find((error) => error.payerIk === payerIk && error.left > 0);
    if (pending === undefined) return null;
    pending.left -= 1;
    return pending.code;
  }

  #head(from: string): MailHead {
    return {
      from,
      to: this.options.practiceAddress,
      messageId: `${this.options.nextId()}@${this.options.service}`,
      at: this.options.now(),
    };
  }

  #addressOf(payer: WorldPayer): string {
    return `eau-${payer.ik}@${this.options.service}`;
  }

  #isOwn(address: string): boolean {
    return address.toLowerCase() === this.options.practiceAddress.toLowerCase();
  }

  #payerAt(address: string): WorldPayer | undefined {
    const ik = /^eau-(\d+)@/.exec(address.toLowerCase())?.[1];
    const payer = ik === undefined ? undefined : this.#payers.get(ik);
    return payer !== undefined && this.#addressOf(payer) === address.toLowerCase() ? payer : undefined;
  }
}

function codeOf(verdict: string): string {
  return verdict.endsWith(malwareMark) ? verdict.slice(0, -malwareMark.length) : verdict;
}
