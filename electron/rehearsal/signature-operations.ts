import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Faults } from '../contract/rehearsal';
import type { Card, CardTerminal } from './cards';
import { signDetached, signEnveloping } from './cms';
import { answer, fault, statusOk, statusWarning, type FaultCode, type Outcome } from './connector-answers';
import { namespaces } from './connector-requests';
import { child, children, escapeXml, parseXml, type XmlElement } from './xml';

/** CAdES, as the `SignatureType` of a request and the `Type` of a signature. */
export const cadesType = 'urn:ietf:rfc:5652';
/** gematik's connectors take stacks of up to 250 documents, and sign as many in one comfort session. */
const stackLimit = 250;
/** A comfort session lasts six hours at most. */
const comfortHours = 6;
const hour = 3_600_000;
/** While the connector dies, it does so at every third signature; the card is pulled after the second of each stack. */
const diesAt = 3;

/** What the signature service needs to know of its surroundings. */
export interface SignatureSurroundings {
  readonly terminal: CardTerminal;
  readonly now: () => Date;
  readonly fault: () => Faults['connector'];
}

/** The connector's SignatureService: job numbers, signing, comfort signature. */
export class SignatureService {
  #jobs = 0;
  readonly #known = new Set<string>();
  readonly #used = new Set<string>();
  #signed = 0;
  #unsettledFault: Faults['connector'] = 'none';

  constructor(private readonly surroundings: SignatureSurroundings) {}

  /** `SIG:GetJobNumber`. */
  getJobNumber(uri: string): Outcome {
    const jobNumber = formatJobNumber(this.#jobs);
    this.#jobs += 1;
    this.#known.add(jobNumber);
    this.#used.delete(jobNumber);
    return answer(
      `<SIG:GetJobNumberResponse xmlns:SIG="${uri}"><SIG:JobNumber>${jobNumber}</SIG:JobNumber></SIG:GetJobNumberResponse>`,
    );
  }

  /** `SIG:StopSignature`: a stack takes seconds at most here, so it is signed to its end. */
  stopSignature(uri: string, request: XmlElement): Outcome {
    const jobNumber = child(request, 'JobNumber')?.text ?? '';
    if (!this.#known.has(jobNumber)) return fault(4243, jobNumber);
    return answer(`<SIG:StopSignatureResponse xmlns:SIG="${uri}">${statusOk}</SIG:StopSignatureResponse>`);
  }

  /** `SIG:SignDocument`: every document of the stack is signed by itself (P4-01). */
  async signDocument(uri: string, request: XmlElement, card: Card): Promise<Outcome> {
    const requests = children(request, 'SignRequest');
    if (requests.length > stackLimit) return fault(4000, `more than ${stackLimit} documents in one stack`);
    const jobNumber = child(request, 'JobNumber')?.text;
    // A connector wants a job number; only a signature proxy may do without.
    if (jobNumber === undefined) return fault(4000, 'SignDocument lacks a JobNumber');
    if (this.#used.has(jobNumber)) return fault(4252, jobNumber);
    if (this.surroundings.fault() === 'pin-blocked') return fault(4063, card.signing.pin);
    // The PIN of an HBA is asked for at the terminal while signing; that of an SMC-B must have been entered before.
    if (card.type === 'SMC-B' && !card.isVerified) return fault(4085, `${card.signing.pin} is not verified`);

    const parsed = requests.map(readSignRequest);
    const refused = parsed.find((entry) => entry.kind === 'refused');
    if (refused !== undefined) return fault(refused.code, refused.detail);
    this.#used.add(jobNumber);
    this.#known.add(jobNumber);
    const userId = child(child(request, 'Context'), 'UserId')?.text ?? '';
    const session = this.#sessionOf(card, userId);
    if (session !== null) session.left -= Math.min(session.left, parsed.length);

    const responses: string[] = [];
    for (const entry of parsed) {
      if (entry.kind === 'refused') continue;
      // The world is in the same process as the program: that goes on meanwhile, as beside a real connector.
      await nextTurn();
      if (this.#diesNow()) return { kind: 'cut' };
      if (this.surroundings.fault() === 'card-pulled' && responses.length >= diesAt - 1) {
        const status = statusWarning(4047, card.handle, this.surroundings.now());
        responses.push(`<SIG:SignResponse RequestID="${escapeXml(entry.requestId)}">${status}</SIG:SignResponse>`);
        continue;
      }
      const { content } = entry;
      const at = this.surroundings.now();
      const signature = entry.isEnveloping
        ? signEnveloping(content, card.identity, at)
        : signDetached(content, card.identity, at);
      if (this.surroundings.fault() === 'bad-signature') spoil(signature);
      responses.push(
        `<SIG:SignResponse RequestID="${escapeXml(entry.requestId)}">${statusOk}<dss:SignatureObject>` +
          `<dss:Base64Signature Type="${cadesType}">${signature.toString('base64')}</dss:Base64Signature>` +
          '</dss:SignatureObject></SIG:SignResponse>',
      );
    }
    return answer(
      `<SIG:SignDocumentResponse xmlns:SIG="${uri}" xmlns:dss="${namespaces.dss}">` +
        `${responses.join('')}</SIG:SignDocumentResponse>`,
    );
  }

  /** `SIG:ActivateComfortSignature`: the PIN is entered once, then this user signs documents without it. */
  activateComfort(uri: string, card: Card, userId: string): Outcome {
    if (this.surroundings.fault() === 'pin-blocked') return fault(4063, card.signing.pin);
    const endsAt = this.surroundings.now().getTime() + comfortHours * hour;
    card.comfort = { userId, left: stackLimit, endsAt };
    return answer(
      `<SIG:ActivateComfortSignatureResponse xmlns:SIG="${uri}">${statusOk}` +
        '<SIG:SignatureMode>COMFORT</SIG:SignatureMode></SIG:ActivateComfortSignatureResponse>',
    );
  }

  /** `SIG:DeactivateComfortSignature` for any number of cards. */
  deactivateComfort(uri: string, cards: readonly Card[]): Outcome {
    for (const card of cards) card.comfort = null;
    return answer(
      `<SIG:DeactivateComfortSignatureResponse xmlns:SIG="${uri}">${statusOk}</SIG:DeactivateComfortSignatureResponse>`,
    );
  }

  /** `SIG:GetSignatureMode`: tells of the session of the user who asks, and of nobody else's. */
  getSignatureMode(uri: string, card: Card, userId: string): Outcome {
    const open = this.#sessionOf(card, userId);
    const left = open === null ? 0 : Math.max(0, Math.floor((open.endsAt - this.surroundings.now().getTime()) / 1000));
    const session =
      open === null
        ? ''
        : '<SIG:SessionInfo><SIG:SignatureMode>COMFORT</SIG:SignatureMode>' +
          `<SIG:CountRemaining>${open.left}</SIG:CountRemaining>` +
          `<SIG:TimeRemaining>PT${left}S</SIG:TimeRemaining></SIG:SessionInfo>`;
    return answer(
      `<SIG:GetSignatureModeResponse xmlns:SIG="${uri}">${statusOk}` +
        '<SIG:ComfortSignatureStatus>ENABLED</SIG:ComfortSignatureStatus>' +
        `<SIG:ComfortSignatureMax>${stackLimit}</SIG:ComfortSignatureMax>` +
        `<SIG:ComfortSignatureTimer>PT${comfortHours}H</SIG:ComfortSignatureTimer>${session}</SIG:GetSignatureModeResponse>`,
    );
  }

  /** The user's open session on a card; one whose time or signatures are used up is over. */
  #sessionOf(card: Card, userId: string): Card['comfort'] {
    const { comfort } = card;
    if (comfort === null) return null;
    if (comfort.left <= 0 || comfort.endsAt <= this.surroundings.now().getTime()) card.comfort = null;
    return card.comfort?.userId === userId ? card.comfort : null;
  }

  /** Counts from the moment the fault was switched on, so that a rehearsal goes the same way every time. */
  #diesNow(): boolean {
    const current = this.surroundings.fault();
    if (current !== this.#unsettledFault) {
      this.#unsettledFault = current;
      this.#signed = 0;
    }
    this.#signed += 1;
    return current === 'dies-mid-batch' && this.#signed % diesAt === 0;
  }
}

type SignRequest =
  | { readonly kind: 'refused'; readonly code: FaultCode; readonly detail: string }
  | {
      readonly kind: 'document';
      readonly requestId: string;
      readonly content: Buffer;
      readonly isEnveloping: boolean;
    };

function readSignRequest(request: XmlElement): SignRequest {
  const inputs = child(request, 'OptionalInputs');
  const signatureType = child(inputs, 'SignatureType')?.text.trim() ?? '';
  // Without a type a connector picks one by the document's; for XML that would not be CAdES.
  if (signatureType !== cadesType) {
    return {
      kind: 'refused',
      code: 4111,
      detail: `SignatureType is ${signatureType === '' ? 'missing' : signatureType}`,
    };
  }
  const document = child(request, 'Document');
  const xml = child(document, 'Base64XML');
  const binary = child(document, 'Base64Data');
  const encoded = xml ?? binary;
  if (encoded === undefined || document?.children.length !== 1) {
    return { kind: 'refused', code: 4000, detail: 'Document wants either Base64XML or Base64Data' };
  }
  const content = Buffer.from(encoded.text, 'base64');
  if (xml !== undefined && parseXml(content.toString('utf8').replace(/^\uFEFF/, '')) === null) {
    return { kind: 'refused', code: 4110, detail: 'the document is not well-formed XML' };
  }
  const includesContent = child(inputs, 'IncludeEContent')?.text.trim();
  return {
    kind: 'document',
    requestId: request.attributes.get('RequestID') ?? '',
    content,
    isEnveloping: includesContent === 'true' || includesContent === '1',
  };
}

/** Makes a signature value wrong: its last byte belongs to it, since the signer's information comes last. */
function spoil(signature: Buffer): void {
  const last = signature.length - 1;
  signature.writeUInt8(signature.readUInt8(last) ^ 0xff, last);
}

/** Job numbers as the XSD wants them: three letters, a dash, three digits; they begin anew after 17 million. */
function formatJobNumber(count: number): string {
  const letters = Math.floor(count / 1000) % 17_576;
  const letter = (place: number): string => String.fromCharCode(65 + (Math.floor(letters / 26 ** place) % 26));
  return `${letter(2)}${letter(1)}${letter(0)}-${String(count % 1000).padStart(3, '0')}`;
}
