import type { RehearsalWorld } from '../../electron/contract/rehearsal';
import { createHost, type Host } from '../../electron/contract/host';
import { contract } from '../../electron/contract/contract';
import { Batches, documentOf } from '../../electron/services/connector/batches';
import { sha256Hex } from '../../renderer/domain/event-chain';
import { fromBase64, toBase64 } from '../../renderer/outbox/bytes';
import { insurerErrorMail, kimErrorMail, receiptMail } from './answer-mail';
import type { SeededRandom } from './random';

/** What goes wrong outside at the moment. */
export interface Weather {
  readonly connector: 'up' | 'down';
  readonly mailServer: 'up' | 'down' | 'answer-lost' | 'cut-before-data';
  readonly mailbox: 'up' | 'down';
  readonly directory: 'up' | 'down' | 'empty';
  /** By provider; those not named are up. */
  readonly providers: ReadonlyMap<string, 'bounce' | 'vanish' | 'kim-error'>;
}

export const fairWeather: Weather = {
  connector: 'up',
  mailServer: 'up',
  mailbox: 'up',
  directory: 'up',
  providers: new Map(),
};

/** A document as an insurer of the model keeps it. */
export interface ArrivedDocument {
  readonly documentId: string;
  readonly payerIk: string;
  readonly signedSha256: string;
  readonly verdict: string;
}

/** A message that left the practice, whatever became of it. */
export interface SentMessage {
  readonly at: number;
  readonly documentId: string;
  readonly payerIk: string;
  readonly signedSha256: string;
  readonly fate: 'arrived' | 'lost' | 'bounced';
}

interface Waiting {
  readonly uid: string;
  readonly at: number;
  readonly raw: Uint8Array;
}

/**
 * A plain model of the outside world: no network, no cryptography, only what the practice can tell from outside. It says what truly happened,
 * against which the program's own account is held.
 */
export class ModelWorld {
  readonly sent: SentMessage[] = [];
  readonly arrived: ArrivedDocument[] = [];
  weather: Weather = fairWeather;
  /** Share of messages lost although all is well, of receipts that come late or twice, and of certificates that insurers reject. */
  mishaps = { lost: 0.02, late: 0.1, twice: 0.1, rejected: 0.03 };
  readonly #mailbox: Waiting[] = [];
  readonly #handedOver = new Batches();
  readonly #random: SeededRandom;
  readonly #now: () => number;
  readonly #providerOf: ReadonlyMap<string, string>;
  /** Told of every call, before and after its effect; what it returns is waited for: so a program can be killed at any point. */
  onCall: (moment: 'before' | 'after') => Promise<void> = () => Promise.resolve();

  constructor(
    readonly description: RehearsalWorld,
    options: { random: SeededRandom; now: () => number },
  ) {
    this.#random = options.random;
    this.#now = options.now;
    this.#providerOf = new Map(description.payers.map(({ ik, provider }) => [ik, provider]));
  }

  /** When the first receipt of an insurer after an instant came into the mailbox; `null`: none did. */
  firstAnswerAfter(payerIk: string, at: number): number | null {
    const own = this.#mailbox.filter(
      (mail) => mail.at >= at && new TextDecoder().decode(mail.raw).includes(addressOf(payerIk)),
    );
    return own.length === 0 ? null : Math.min(...own.map((mail) => mail.at));
  }

  /** The world as the page's host. */
  host(): Host {
    return createHost(async (group, name, argument) => {
      await this.onCall('before');
      const result = this.#answer(`${group}.${name}`, argument);
      await this.onCall('after');
      return result;
    });
  }

  #answer(call: string, argument: unknown): unknown {
    const down = (text: string) => ({ kind: 'failed', failure: { reason: 'unreachable', code: 'ECONNRESET', text } });
    switch (call) {
      case 'host.setInFlight':
      case 'rehearsal.insertCards':
        return {};
      case 'rehearsal.start':
        return this.description;
      case 'connector.handOver': {
        const { batch, documents } = contract.connector.handOver.argument.parse(argument);
        this.#handedOver.handOver(batch, documents.map(documentOf));
        return {};
      }
      case 'connector.sign': {
        if (this.weather.connector === 'down') return down('connector');
        const { documents, card, batch } = contract.connector.sign.argument.parse(argument);
        const before = batch === null ? [] : (this.#handedOver.takeDocuments(batch) ?? []);
        const holder = card.kind === 'HBA' ? `${card.holder.given} ${card.holder.family}` : 'SMC-B';
        const signed = [...before, ...documents.map(documentOf)].map(({ name, content }) => ({
          name,
          outcome: {
            kind: 'signed' as const,
            // Every signature differs, as real ones do.
            signature: toBase64(new TextEncoder().encode(`${this.#random.uuid()}\n${content.toString('base64')}`)),
            signer: { commonName: holder, serialNumber: null, telematikId: null, notAfter: '2030-01-01T00:00:00Z' },
          },
        }));
        if (batch === null) return { kind: 'ok', value: signed };
        this.#handedOver.keepOutcomes(batch, signed);
        return { kind: 'ok', value: this.#handedOver.nextOutcomes(batch) };
      }
      case 'connector.outcomes':
        return this.#handedOver.nextOutcomes(contract.connector.outcomes.argument.parse(argument).batch);
      case 'directory.find': {
        if (this.weather.directory === 'down') return down('directory');
        const { payerIks } = contract.directory.find.argument.parse(argument);
        const known = this.weather.directory === 'empty' ? [] : payerIks.filter((ik) => this.#providerOf.has(ik));
        return { kind: 'ok', value: known.map((payerIk) => ({ payerIk, address: addressOf(payerIk) })) };
      }
      case 'mail.submit':
        return this.#submit(contract.mail.submit.argument.parse(argument).mail);
      case 'mail.collect': {
        if (this.weather.mailbox === 'down') return down('mailbox');
        const { knownUids, limit } = contract.mail.collect.argument.parse(argument);
        const known = new Set(knownUids);
        const fresh = this.#mailbox.filter(({ uid, at }) => at <= this.#now() && !known.has(uid));
        const messages = fresh
          .slice(0, limit)
          .map(({ uid, raw }) => ({ uid, header: toBase64(raw.slice(0, 20)), raw: toBase64(raw) }));
        return { kind: 'ok', value: { messages, more: fresh.length > messages.length } };
      }
      default:
        throw new Error(`The model does not serve ${call}.`);
    }
  }

  #submit(mail: ReturnType<typeof contract.mail.submit.argument.parse>['mail']): unknown {
    const { mailServer } = this.weather;
    if (mailServer === 'down')
      return { kind: 'not-sent', failure: { reason: 'unreachable', code: 'ECONNREFUSED', text: 'mail server' } };
    if (mailServer === 'cut-before-data') return { kind: 'unknown', text: 'cut' };
    this.#carry(mail);
    return mailServer === 'answer-lost' ? { kind: 'unknown', text: 'cut' } : { kind: 'accepted', response: '250 ok' };
  }

  #reports = 0;

  #carry({
    to,
    envelopeId: documentId,
    attachment,
    messageId,
  }: {
    to: string;
    envelopeId: string;
    attachment: { content: string };
    messageId: string;
  }): void {
    const payerIk = to.slice('eau-'.length, to.indexOf('@'));
    const at = this.#now();
    const message = { at, documentId, payerIk, signedSha256: sha256Hex(fromBase64(attachment.content)) };
    // Every mail has an id of its own, as mail servers give it: two reports about one document aren't one that came twice.
    this.#reports += 1;
    const about = { documentId, recipient: to, returned: messageId, id: `report-${this.#reports}` };
    const trouble = this.weather.providers.get(this.#providerOf.get(payerIk) ?? '');
    if (trouble === 'vanish' || (trouble === undefined && this.#random.chance(this.mishaps.lost))) {
      this.sent.push({ ...message, fate: 'lost' });
      return;
    }
    if (trouble !== undefined) {
      this.sent.push({ ...message, fate: 'bounced' });
      const isReport = trouble === 'bounce';
      this.#post(
        isReport ? receiptMail({ ...about, action: 'failed' }) : kimErrorMail({ documentId, messageId, code: '4008' }),
      );
      return;
    }
    this.sent.push({ ...message, fate: 'arrived' });
    this.#post(receiptMail({ ...about, action: 'delivered' }));
    const before = this.arrived.filter((one) => one.documentId === documentId).at(-1);
    const isDuplicate = before?.signedSha256 === message.signedSha256;
    const verdict = isDuplicate
      ? before.verdict
      : this.#random.chance(this.mishaps.rejected)
        ? this.#random.pick(['101', '103', '201', '202', '307', '313'])
        : 'accepted';
    // With a KIM problem the insurer never saw what is inside, and can't remember it.
    if (!isDuplicate && !verdict.startsWith('3'))
      this.arrived.push({ documentId, payerIk, signedSha256: message.signedSha256, verdict });
    if (verdict !== 'accepted')
      this.#post(insurerErrorMail({ documentId, sender: to, code: verdict, id: this.#random.uuid() }));
  }

  #post(raw: Uint8Array): void {
    const delay = this.#random.chance(this.mishaps.late)
      ? this.#random.below(3 * 3_600_000)
      : this.#random.below(90_000);
    const at = this.#now() + delay;
    const copies = this.#random.chance(this.mishaps.twice) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) this.#mailbox.push({ uid: `mail-${this.#mailbox.length}`, at, raw });
  }
}

function addressOf(payerIk: string): string {
  return `eau-${payerIk}@kim.test`;
}
