import type { Result } from '../../contract/call';
import type { ConnectorConnection } from '../../contract/connections';
import type { ComponentCheck } from '../../contract/contract';
import { caught } from '../failure';
import { type Card, listCards, readCardCertificateOf } from './cards';
import { discover } from './discovery';
import { ConnectorHttp } from './http';

/** A card as the user is shown it. */
export type CardOverview = Omit<Card, 'handle' | 'notAfter'> & { certificateNotAfter: string | null };

/** The cards in the practice's terminals, with the end of their signing certificates' validity. */
export async function cardsOf(connection: ConnectorConnection, signal: AbortSignal): Promise<Result<CardOverview[]>> {
  return withConnector(connection, async (http) => {
    const services = await discover(http, connection);
    const calls = { http, services, context: connection.context, signal };
    const cards: CardOverview[] = [];
    for (const card of await listCards(calls)) {
      const { type, holder, iccsn } = card;
      const reference = /^HBA/.test(type) ? 'C.QES' : /^(SMC-B|HSM-B|SM-B)$/.test(type) ? 'C.SIG' : null;
      // Patients' cards come and go; only those that sign are looked into.
      const certificate = reference === null ? null : await readCardCertificateOf(calls, card, reference);
      cards.push({ type, holder, iccsn, certificateNotAfter: certificate?.notAfter.toISOString() ?? card.notAfter });
    }
    return cards;
  });
}

/** Reads the directory of services and asks for the cards: that proves address, trust, login and call context. */
export async function checkConnector(connection: ConnectorConnection, signal: AbortSignal): Promise<ComponentCheck> {
  return withConnector(connection, async (http) => {
    const services = await discover(http, connection);
    const cards = await listCards({ http, services, context: connection.context, signal });
    const version = /v(\d+\.\d+)$/.exec(services.signature.namespace)?.[1] ?? '';
    return {
      description: `${services.product}: SignatureService ${version}, ${cards.length} cards plugged in.`,
      certificateNotAfter: services.certificateNotAfter,
    };
  });
}

async function withConnector<T>(
  connection: ConnectorConnection,
  work: (http: ConnectorHttp) => Promise<T>,
): Promise<Result<T>> {
  return caught(async () => {
    const http = new ConnectorHttp(connection);
    try {
      return await work(http);
    } finally {
      http.close();
    }
  });
}
