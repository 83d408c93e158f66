import { randomUUID } from 'node:crypto';
import type { CallContext, ConnectorConnection } from '../../contract/connections';
import type { Card as ContractCard } from '../../contract/contract';
import { Failed, failure } from '../failure';
import type { Card, CardCalls } from './cards';
import { comfortNamespace, namespaces } from './namespaces';
import { activateComfortSignature, deactivateComfortSignature, getSignatureMode } from './requests';
import { callSoap, requireStatus } from './soap';
import { childOf, childText, type Element } from './xml';

/** How comfort signature stands on a card. */
export type Comfort = NonNullable<ContractCard['comfort']>;

const shortCall = 60_000;
/** A person has to come to the terminal and type. */
const pinCall = 180_000;

/**
 * The comfort sessions (Komfortsignatur) that this program has opened. A session belongs to a card and to a user id, which has to be a new UUID for
 * each (gemSpec_Kon): only who knows it signs without a PIN. So it is kept in memory and never stored, and a session ends with the program at the latest.
 */
export class ComfortSessions {
  private readonly users = new Map<string, string>();

  /** The call context for a card: with the session's user where there is one, else the connection's own. */
  contextFor(connection: ConnectorConnection, card: Card): CallContext {
    const userId = this.users.get(keyOf(connection, card));
    return userId === undefined ? connection.context : { ...connection.context, userId };
  }

  /**
   * How comfort signature stands on a card; `null` with connectors that have no SignatureService 7.5. A session that the connector has ended, by time
   * or by count, is forgotten. Rejects with `Failed`.
   */
  async status(calls: CardCalls, connection: ConnectorConnection, card: Card): Promise<Comfort | null> {
    if (calls.services.signature.namespace !== comfortNamespace) return null;
    const answer = await callComfort(
      calls,
      'GetSignatureMode',
      getSignatureMode(this.contextFor(connection, card), card.handle),
      shortCall,
    );
    if (childText(answer, comfortNamespace, 'ComfortSignatureStatus') !== 'ENABLED') return { kind: 'disabled' };
    const session = childOf(answer, comfortNamespace, 'SessionInfo');
    if (session === null || childText(session, comfortNamespace, 'SignatureMode') !== 'COMFORT') {
      this.users.delete(keyOf(connection, card));
      return { kind: 'off' };
    }
    return {
      kind: 'on',
      remaining: Number(childText(session, comfortNamespace, 'CountRemaining') ?? '0'),
      seconds: secondsIn(childText(session, comfortNamespace, 'TimeRemaining') ?? ''),
    };
  }

  /** Opens a session: the doctor enters the PIN at the terminal. Rejects with `Failed`; `unsupported` with an older connector. */
  async start(calls: CardCalls, connection: ConnectorConnection, card: Card): Promise<void> {
    requireComfort(calls);
    const userId = randomUUID();
    const context = { ...connection.context, userId };
    const answer = await callComfort(
      calls,
      'ActivateComfortSignature',
      activateComfortSignature(context, card.handle),
      pinCall,
    );
    if (childText(answer, comfortNamespace, 'SignatureMode') !== 'COMFORT')
      throw new Failed(failure('refused', 'The connector did not turn comfort signature on.'));
    this.users.set(keyOf(connection, card), userId);
  }

  /** Ends the session on a card, also one that another program or an earlier run of this one has opened. Rejects with `Failed`. */
  async end(calls: CardCalls, connection: ConnectorConnection, card: Card): Promise<void> {
    requireComfort(calls);
    this.users.delete(keyOf(connection, card));
    await callComfort(calls, 'DeactivateComfortSignature', deactivateComfortSignature(card.handle), shortCall);
  }
}

function keyOf({ endpoint, context }: ConnectorConnection, { iccsn, handle }: Card): string {
  return JSON.stringify([endpoint, context, iccsn === '' ? handle : iccsn]);
}

function requireComfort({ services }: CardCalls): void {
  if (services.signature.namespace !== comfortNamespace)
    throw new Failed(failure('unsupported', 'The connector has no SignatureService 7.5, so no comfort signature.'));
}

async function callComfort(
  { http, services, signal }: CardCalls,
  operation: string,
  body: string,
  timeout: number,
): Promise<Element> {
  const { endpoint } = services.signature;
  const answer = await callSoap(http, { endpoint, namespace: comfortNamespace, operation, body, timeout }, signal);
  if (childOf(answer, namespaces.common, 'Status') !== null) requireStatus(answer);
  return answer;
}

/** Seconds in an XML Schema duration of days, hours, minutes and seconds (`PT5H59M3S`); 0 for anything else. */
export function secondsIn(duration: string): number {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration);
  if (parts === null) return 0;
  const [days, hours, minutes, seconds] = parts.slice(1).map((part: string | undefined) => Number(part ?? 0));
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0);
}
