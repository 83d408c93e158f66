import type { Result } from '../../contract/call';
import type { ConnectorConnection } from '../../contract/connections';
import type { Card as CardOverview, CertificateState, ComponentCheck } from '../../contract/contract';
import { caught, Failed, failure } from '../failure';
import { type Card, type CardCalls, enterPin, kindOf, listCards, pinStatusOf, readCardCertificateOf } from './cards';
import { expirationsOf, standingOf } from './certificate-service';
import type { CardCertificate } from './certificates';
import type { ComfortSessions } from './comfort';
import { discover } from './discovery';
import { ConnectorHttp } from './http';

/** The cards in the practice's terminals: whether each can sign, and until when. */
export async function cardsOf(
  connection: ConnectorConnection,
  comfort: ComfortSessions,
  signal: AbortSignal,
): Promise<Result<CardOverview[]>> {
  return withConnector(connection, signal, async (calls) => {
    const cards: CardOverview[] = [];
    for (const card of await listCards(calls)) cards.push(await overviewOf(calls, connection, comfort, card));
    return cards;
  });
}

/** Patients' cards come and go; only those that sign are looked into. What one card doesn't tell must not hide the others. */
async function overviewOf(
  calls: CardCalls,
  connection: ConnectorConnection,
  comfort: ComfortSessions,
  card: Card,
): Promise<CardOverview> {
  const { type, holder, iccsn } = card;
  const kind = kindOf(card);
  if (kind === 'other')
    return { type, holder, iccsn, certificateNotAfter: card.notAfter, standing: null, pin: null, comfort: null };
  const own = { ...calls, context: comfort.contextFor(connection, card) };
  const certificate = await signingCertificateOf(own, card);
  const pin = await unlessRefused(() => pinStatusOf(own, card, kind === 'doctor' ? 'PIN.QES' : 'PIN.SMC'));
  const mode = type === 'HBA' ? await unlessRefused(() => comfort.status(calls, connection, card)) : null;
  return {
    type,
    holder,
    iccsn,
    certificateNotAfter: earliest(certificate?.notAfter.toISOString() ?? null, card.notAfter),
    standing: certificate === null ? null : await standingOf(own, certificate.raw),
    pin: pin === null ? null : pinState(pin),
    comfort: mode,
  };
}

/** The certificate that a card signs with; `null` where it can't be read. */
function signingCertificateOf(calls: CardCalls, card: Card): Promise<CardCertificate | null> {
  return readCardCertificateOf(calls, card, kindOf(card) === 'doctor' ? 'C.QES' : 'C.SIG');
}

/** Of several ends of validity the first; a card whose one certificate has ended is no longer good for everything. */
function earliest(...instants: readonly (string | null)[]): string | null {
  return instants.filter((instant) => instant !== null).toSorted()[0] ?? null;
}

/**
 * How long the certificates of the connector, of the terminals and of all cards that sign last, and whether those that sign were revoked. What the
 * connector doesn't tell of one hides none of the others.
 */
export async function certificatesOf(
  connection: ConnectorConnection,
  comfort: ComfortSessions,
  signal: AbortSignal,
): Promise<Result<CertificateState[]>> {
  return withConnector(connection, signal, async (calls) => {
    const cards = await listCards(calls);
    const expirations = (await unlessRefused(() => expirationsOf(calls))) ?? [];
    const handles = new Set(cards.map(({ handle }) => handle));
    const own = expirations.filter(({ cardHandle }) => !handles.has(cardHandle)).map(({ notAfter }) => notAfter);
    const states: CertificateState[] = [
      {
        of: 'connector',
        holder: calls.services.product,
        notAfter: earliest(calls.services.certificateNotAfter, ...own),
        standing: 'unknown',
      },
    ];
    for (const card of cards) {
      const { holder } = card;
      const kind = kindOf(card);
      const told = expirations.filter(({ cardHandle }) => cardHandle === card.handle).map(({ notAfter }) => notAfter);
      if (card.type === 'SMC-KT')
        states.push({ of: 'terminal', holder, notAfter: earliest(card.notAfter, ...told), standing: 'unknown' });
      if (kind === 'other') continue;
      const context = { ...calls, context: comfort.contextFor(connection, card) };
      const certificate = await signingCertificateOf(context, card);
      states.push({
        of: kind,
        holder,
        notAfter: earliest(certificate?.notAfter.toISOString() ?? null, card.notAfter, ...told),
        standing: certificate === null ? 'unknown' : await standingOf(context, certificate.raw),
      });
    }
    return states;
  });
}

function pinState(state: string): CardOverview['pin'] {
  switch (state) {
    case 'VERIFIED':
    case 'DISABLED':
      return 'verified';
    case 'VERIFIABLE':
      return 'verifiable';
    case 'BLOCKED':
      return 'blocked';
    case 'TRANSPORT_PIN':
    case 'EMPTY_PIN':
      return 'unset';
    default:
      return null;
  }
}

/** `null` where the connector answers that it won't tell; what else fails goes on. */
async function unlessRefused<T>(question: () => Promise<T>): Promise<T | null> {
  try {
    return await question();
  } catch (error) {
    const said =
      error instanceof Failed && !['unreachable', 'timeout', 'tls', 'cancelled'].includes(error.failure.reason);
    if (said) return null;
    throw error;
  }
}

/** Asks for the practice card's PIN at the terminal. */
export async function unlockCard(
  connection: ConnectorConnection,
  iccsn: string,
  signal: AbortSignal,
): Promise<Result<Record<string, never>>> {
  return withCard(connection, iccsn, signal, async (calls, card) => {
    if (kindOf(card) !== 'practice')
      throw new Failed(failure('refused', 'A doctor enters the PIN when something is signed.'));
    await enterPin(calls, card, 'PIN.SMC');
  });
}

/** Opens (`true`) or ends a comfort session on a doctor's card. */
export async function switchComfort(
  connection: ConnectorConnection,
  comfort: ComfortSessions,
  iccsn: string,
  isOn: boolean,
  signal: AbortSignal,
): Promise<Result<Record<string, never>>> {
  return withCard(connection, iccsn, signal, (calls, card) =>
    isOn ? comfort.start(calls, connection, card) : comfort.end(calls, connection, card),
  );
}

/** Reads the directory of services and asks for the cards: that proves address, trust, login and call context. */
export async function checkConnector(connection: ConnectorConnection, signal: AbortSignal): Promise<ComponentCheck> {
  return withConnector(connection, signal, async (calls) => {
    const cards = await listCards(calls);
    const { services } = calls;
    const version = /v(\d+\.\d+)$/.exec(services.signature.namespace)?.[1] ?? '';
    return {
      description: `${services.product}: SignatureService ${version}, ${cards.length} cards plugged in.`,
      certificateNotAfter: services.certificateNotAfter,
    };
  });
}

function withCard(
  connection: ConnectorConnection,
  iccsn: string,
  signal: AbortSignal,
  work: (calls: CardCalls, card: Card) => Promise<void>,
): Promise<Result<Record<string, never>>> {
  return withConnector(connection, signal, async (calls) => {
    const card = (await listCards(calls)).find((one) => one.iccsn === iccsn);
    if (card === undefined) throw new Failed(failure('card-missing', `The card ${iccsn} is not plugged in.`));
    await work(calls, card);
    return {};
  });
}

async function withConnector<T>(
  connection: ConnectorConnection,
  signal: AbortSignal,
  work: (calls: CardCalls) => Promise<T>,
): Promise<Result<T>> {
  return caught(async () => {
    const http = new ConnectorHttp(connection);
    try {
      const services = await discover(http, connection);
      return await work({ http, services, context: connection.context, signal });
    } finally {
      http.close();
    }
  });
}
