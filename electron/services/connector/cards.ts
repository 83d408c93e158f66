import type { CallContext } from '../../contract/connections';
import type { CardChoice } from '../../contract/contract';
import { Failed, failure } from '../failure';
import { readCertificate, type CardCertificate } from './certificates';
import { NotDer } from './der';
import type { Services } from './discovery';
import type { ConnectorHttp } from './http';
import { nameFit } from './holder';
import { namespaces } from './namespaces';
import {
  type CertificateReference,
  getCards,
  getPinStatus,
  type PinType,
  readCardCertificate,
  verifyPin,
} from './requests';
import { BadSignature } from './signature';
import { callSoap, requireStatus } from './soap';
import { childText, childrenOf, requiredChild } from './xml';

/** A card in one of the practice's terminals. */
export interface Card {
  readonly handle: string;
  /** gematik's card type: HBA, HBA-qSig, SMC-B, HSM-B, EGK … */
  readonly type: string;
  readonly holder: string;
  readonly iccsn: string;
  /** End of validity as the connector gives it, an ISO instant. */
  readonly notAfter: string | null;
}

const doctorsCards = new Set(['HBA', 'HBA-qSig', 'HBAx', 'ZOD_2.0']);
const practiceCards = new Set(['SMC-B', 'HSM-B', 'SM-B']);
/** Cards from before the HBA sign one document per PIN entry (gemSpec_Kon, fault 4118). */
const singleSigners = new Set(['HBA-qSig', 'ZOD_2.0']);

/** Whose card it is: a doctor's, the practice's, or none that signs. */
export function kindOf(card: Card): 'doctor' | 'practice' | 'other' {
  if (doctorsCards.has(card.type)) return 'doctor';
  return practiceCards.has(card.type) ? 'practice' : 'other';
}

/** Whether a card signs one document per PIN entry only. */
export function signsSingly(card: Card): boolean {
  return singleSigners.has(card.type);
}

const shortCall = 60_000;
/** A person has to come to the terminal and type. */
const pinCall = 180_000;

/** What the calls about cards need. */
export interface CardCalls {
  readonly http: ConnectorHttp;
  readonly services: Services;
  readonly context: CallContext;
  readonly signal: AbortSignal | undefined;
}

/** The cards that this context may use (EventService, GetCards). Rejects with `Failed`. */
export async function listCards({ http, services, context, signal }: CardCalls): Promise<Card[]> {
  const answer = await callSoap(
    http,
    {
      endpoint: services.event,
      namespace: namespaces.event,
      operation: 'GetCards',
      body: getCards(context),
      timeout: shortCall,
    },
    signal,
  );
  requireStatus(answer);
  const cards = requiredChild(answer, namespaces.card, 'Cards');
  return childrenOf(cards, namespaces.card, 'Card').map((card) => {
    const handle = childText(card, namespaces.common, 'CardHandle');
    if (handle === null) throw new Failed(failure('protocol', 'The connector lists a card without a handle.'));
    return {
      handle,
      type: childText(card, namespaces.cardCommon, 'CardType') ?? 'UNKNOWN',
      holder: childText(card, namespaces.card, 'CardHolderName') ?? '',
      iccsn: childText(card, namespaces.cardCommon, 'Iccsn') ?? '',
      notAfter: endOfDay(childText(card, namespaces.card, 'CertificateExpirationDate')),
    };
  });
}

/** 23:59:59 in Germany in summer time, in UTC milliseconds of the day: the same day there all the year. */
const lastSecond = ((21 * 60 + 59) * 60 + 59) * 1000;

/** The end of a day that the connector names as the last of a certificate (`xs:date`), as an ISO instant; `null` where it names none. */
export function endOfDay(day: string | null): string | null {
  const start = day === null ? Number.NaN : Date.parse(day.slice(0, 10));
  return Number.isNaN(start) ? null : new Date(start + lastSecond).toISOString();
}

/**
 * The card that signs: the practice's, or the doctor's by name; where several fit equally well, the one whose certificate carries the doctor's number.
 * Rejects with `Failed` (`card-missing`) where none fits or the choice would be a guess.
 */
export async function chooseCard(calls: CardCalls, choice: CardChoice): Promise<Card> {
  const cards = await listCards(calls);
  if (choice.kind === 'SMC-B') {
    const found = cards.find((card) => practiceCards.has(card.type));
    if (found === undefined)
      throw new Failed(failure('card-missing', "No card of the practice's (SMC-B) is plugged in."));
    return found;
  }
  const { holder } = choice;
  const rated = cards
    .filter((card) => doctorsCards.has(card.type))
    .map((card) => ({ card, fit: nameFit(card.holder, holder) }))
    .filter(({ fit }) => fit > 0);
  const best = Math.max(...rated.map(({ fit }) => fit));
  const fitting = rated.filter(({ fit }) => fit === best).map(({ card }) => card);
  const [only, another] = fitting;
  const name = `${holder.given} ${holder.family}`;
  if (only === undefined) throw new Failed(failure('card-missing', `No card (HBA) of ${name} is plugged in.`));
  if (another === undefined) return only;
  for (const card of fitting) {
    const serialNumber = (await readCardCertificateOf(calls, card, 'C.QES'))?.subjectSerialNumber ?? null;
    if (carriesNumber(serialNumber, holder.number)) return card;
  }
  throw new Failed(failure('card-missing', `${fitting.length} cards fit ${name}, and none by number.`));
}

/** Whether a certificate is that of the holder with this number; a holder without one (ASV, in training) has a card without one. */
function carriesNumber(serialNumber: string | null, number: string | null): boolean {
  return number === null ? serialNumber === null : serialNumber?.includes(number) === true;
}

/** Reads a card's certificate (CertificateService). `null` where the connector gives none or one that can't be read. */
export async function readCardCertificateOf(
  { http, services, context, signal }: CardCalls,
  card: Card,
  reference: CertificateReference,
): Promise<CardCertificate | null> {
  // Without `Crypt` the connector takes RSA; newer cards have elliptic curves only.
  for (const crypt of [null, 'ECC'] as const) {
    try {
      const answer = await callSoap(
        http,
        {
          endpoint: services.certificate,
          namespace: namespaces.certificate,
          operation: 'ReadCardCertificate',
          body: readCardCertificate(context, card.handle, reference, crypt),
          timeout: shortCall,
        },
        signal,
      );
      requireStatus(answer);
      const list = requiredChild(answer, namespaces.certificateCommon, 'X509DataInfoList');
      const [info] = childrenOf(list, namespaces.certificateCommon, 'X509DataInfo');
      const data = info === undefined ? undefined : childrenOf(info, namespaces.certificateCommon, 'X509Data')[0];
      const base64 = data === undefined ? null : childText(data, namespaces.certificateCommon, 'X509Certificate');
      if (base64 !== null) return readCertificate(Buffer.from(base64, 'base64'));
    } catch (error) {
      const answered =
        error instanceof Failed && (error.failure.reason === 'refused' || error.failure.reason === 'protocol');
      if (!answered && !(error instanceof BadSignature) && !(error instanceof NotDer)) throw error;
    }
  }
  return null;
}

/** How a PIN stands, as the connector says (CardService, GetPinStatus). Rejects with `Failed`. */
export async function pinStatusOf(calls: CardCalls, card: Card, pin: PinType): Promise<string> {
  const answer = await callCard(calls, 'GetPinStatus', getPinStatus(calls.context, card.handle, pin), shortCall);
  return childText(answer, namespaces.card, 'PinStatus') ?? 'none';
}

/** Asks for a PIN at the card terminal (CardService, VerifyPin). Rejects with `Failed` (`pin`, `cancelled` …) where it isn't accepted. */
export async function enterPin(calls: CardCalls, card: Card, pin: PinType): Promise<void> {
  const answer = await callCard(calls, 'VerifyPin', verifyPin(calls.context, card.handle, pin), pinCall);
  const result = childText(answer, namespaces.cardCommon, 'PinResult');
  if (result !== 'OK') throw new Failed(failure('pin', `The ${pin} was not accepted.`, result));
}

/**
 * Sees to it that signing can go ahead: a blocked or never changed PIN is told before anybody waits at the terminal; the practice's PIN is asked
 * for. The doctor's PIN.QES the connector asks for itself, when it signs. Rejects with `Failed` (`pin`, `cancelled` …).
 */
export async function preparePin(calls: CardCalls, card: Card, pin: PinType): Promise<void> {
  const state = await pinStatusOf(calls, card, pin);
  switch (state) {
    case 'VERIFIED':
    case 'DISABLED':
      return;
    case 'VERIFIABLE':
      if (pin !== 'PIN.QES') await enterPin(calls, card, pin);
      return;
    case 'BLOCKED':
    case 'TRANSPORT_PIN':
    case 'EMPTY_PIN':
      throw new Failed(failure('pin', `The ${pin} of ${card.holder} can't be used.`, state));
    default:
      throw new Failed(failure('protocol', `The connector gives the PIN status ${state}.`));
  }
}

async function callCard(
  { http, services, signal }: CardCalls,
  operation: 'GetPinStatus' | 'VerifyPin',
  body: string,
  timeout: number,
) {
  const answer = await callSoap(
    http,
    { endpoint: services.card, namespace: namespaces.card, operation, body, timeout },
    signal,
  );
  requireStatus(answer);
  return answer;
}
