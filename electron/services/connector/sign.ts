import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Failure, Result } from '../../contract/call';
import type { CallContext, ConnectorConnection } from '../../contract/connections';
import type { CardChoice, SignatureOutcome, Standing } from '../../contract/contract';
import { caught, Failed, failure } from '../failure';
import type { Document, Outcome } from './batches';
import { type Card, type CardCalls, chooseCard, preparePin, signsSingly } from './cards';
import { standingOf } from './certificate-service';
import { verifyCades, type Verified } from './cms';
import type { ComfortSessions } from './comfort';
import { discover } from './discovery';
import { ConnectorHttp } from './http';
import { namespaces } from './namespaces';
import { type DocumentToSign, getJobNumber, signDocument, stopSignature } from './requests';
import { callSoap, errorIn, requireStatus } from './soap';
import { childOf, childrenOf, childText, type Element } from './xml';

/** What an HBA signs after one PIN entry, at most. A larger stack is signed in several, with a PIN for each. */
const largestBatch = 250;
const shortCall = 60_000;
/** A person types the PIN; then the card signs, and the connector fetches revocation information for each. */
const pinTime = 300_000;
const signingTime = 6_000;

/** How signing can be ended early. */
export interface Stopping {
  /** The user has had enough: the connector is told, and what it has signed until then is waited for. */
  readonly stop: AbortSignal;
  /** The program ends: the connector is told, and nothing is waited for. */
  readonly close: AbortSignal;
}

/** So long the connector's answer is waited for once it was told to stop; milliseconds. */
const stopPatience = 20_000;

/**
 * Signs each document by itself with one card (P4-01, P4-02), in batches of what the card allows, and checks every signature before it is returned.
 *
 * The result fails only where nothing could be signed at all. From then on each document has its own outcome, in the order given: what is signed stays
 * signed though the card is pulled or the connector dies in the middle. With a comfort session on the card no PIN is asked for.
 */
export async function signDocuments(
  connection: ConnectorConnection,
  choice: CardChoice,
  documents: readonly Document[],
  now: () => Date,
  comfort: ComfortSessions,
  stopping: Stopping,
): Promise<Result<Outcome[]>> {
  return caught(async () => {
    const http = new ConnectorHttp(connection);
    try {
      const services = await discover(http, connection);
      const calls: CardCalls = { http, services, context: connection.context, signal: stopping.close };
      const card = await chooseCard(calls, choice);
      const own = { ...calls, context: await contextOf(calls, connection, comfort, card) };
      await preparePin(own, card, choice.kind === 'HBA' ? 'PIN.QES' : 'PIN.SMC');
      const size = signsSingly(card) ? 1 : largestBatch;
      const outcomes: Outcome[] = [];
      for (let from = 0; from < documents.length; from += size) {
        const batch = documents.slice(from, from + size);
        const signed = await signBatch(own, card.handle, batch, connection.cardAuthorities, now, stopping);
        outcomes.push(...signed.outcomes);
        if (signed.broken !== null) {
          const reason = signed.broken;
          if (!outcomes.some(({ outcome }) => outcome.kind === 'signed')) throw new Failed(reason);
          const left = documents.slice(from + size);
          outcomes.push(...left.map(({ name }) => ({ name, outcome: { kind: 'failed' as const, failure: reason } })));
          break;
        }
      }
      return outcomes;
    } finally {
      http.close();
    }
  });
}

/** The comfort session's context where one is open on the card; the connector may have ended it since. */
async function contextOf(
  calls: CardCalls,
  connection: ConnectorConnection,
  comfort: ComfortSessions,
  card: Card,
): Promise<CallContext> {
  if (comfort.contextFor(connection, card) !== connection.context) await comfort.status(calls, connection, card);
  return comfort.contextFor(connection, card);
}

/** Signs one batch. `broken`: the whole call failed or was stopped, and further batches would be too. */
async function signBatch(
  calls: CardCalls,
  cardHandle: string,
  batch: readonly Document[],
  cardAuthorities: readonly string[],
  now: () => Date,
  stopping: Stopping,
): Promise<{ outcomes: Outcome[]; broken: Failure | null }> {
  const { http, services, context } = calls;
  const { endpoint, namespace } = services.signature;
  const withIds: DocumentToSign[] = batch.map(({ name, content }, index) => ({ id: `d${index + 1}`, name, content }));
  const cancelled = failure('cancelled', 'Signing was stopped.');
  const signing = await caught(async () => {
    if (stopping.stop.aborted) throw new Failed(cancelled);
    const jobNumber = await requestJobNumber(calls);
    const dropped = new AbortController();
    const told: Promise<void>[] = [];
    let patience: NodeJS.Timeout | undefined;
    const stop = () => {
      told.push(stopJob(calls, jobNumber));
      patience ??= setTimeout(() => dropped.abort(), stopPatience);
    };
    const close = () => {
      told.push(stopJob(calls, jobNumber));
      dropped.abort();
    };
    stopping.stop.addEventListener('abort', stop, { once: true });
    stopping.close.addEventListener('abort', close, { once: true });
    try {
      return await callSoap(
        http,
        {
          endpoint,
          namespace,
          operation: 'SignDocument',
          body: signDocument(namespace, context, cardHandle, jobNumber, withIds),
          timeout: pinTime + batch.length * signingTime,
        },
        dropped.signal,
      );
    } finally {
      clearTimeout(patience);
      stopping.stop.removeEventListener('abort', stop);
      stopping.close.removeEventListener('abort', close);
      await Promise.all(told);
    }
  });
  if (signing.kind === 'failed') {
    const outcomes = batch.map(({ name }) => ({ name, outcome: signing }));
    return { outcomes, broken: signing.failure };
  }
  const responses = new Map(
    childrenOf(signing.value, namespace, 'SignResponse').map((response) => [
      response.attributes.get('RequestID') ?? '',
      response,
    ]),
  );
  const outcomes: Outcome[] = [];
  const standings = new Map<string, Standing>();
  for (const { id, name, content } of withIds) {
    // Checking takes milliseconds, a whole batch seconds: in Electron the window would stand still.
    await nextTurn();
    const taken = await caught(async () => signatureIn(responses.get(id)));
    if (taken.kind === 'failed') {
      outcomes.push({ name, outcome: taken });
      continue;
    }
    const checked = verifyCades(taken.value, content, cardAuthorities, now());
    outcomes.push({
      name,
      outcome: checked.kind === 'failed' ? checked : await accepted(calls, taken.value, checked.value, standings),
    });
  }
  return { outcomes, broken: stopping.stop.aborted ? cancelled : brokenFor(outcomes) };
}

/** The card was pulled or its PIN is gone: then the next batch needn't be tried. */
function brokenFor(outcomes: readonly Outcome[]): Failure | null {
  const last = outcomes.at(-1)?.outcome;
  if (last?.kind !== 'failed') return null;
  const { reason } = last.failure;
  return reason === 'card-missing' || reason === 'pin' || reason === 'cancelled' ? last.failure : null;
}

/**
 * A verified signature, unless the connector says that its certificate doesn't count any more: insurers would reject it (201). Asked once for each
 * certificate of a batch. That the connector can't tell, or is gone again, is no fault of the signature's.
 */
async function accepted(
  calls: CardCalls,
  signature: Buffer,
  { signer, certificate }: Verified,
  standings: Map<string, Standing>,
): Promise<SignatureOutcome> {
  const key = certificate.toString('base64');
  let standing = standings.get(key);
  if (standing === undefined) {
    const asked = await caught(() => standingOf(calls, certificate));
    standing = asked.kind === 'ok' ? asked.value : 'unknown';
    standings.set(key, standing);
  }
  switch (standing) {
    case 'revoked':
      return { kind: 'failed', failure: failure('not-verified', 'The certificate was revoked.', 'CERT_REVOKED') };
    case 'invalid':
      return { kind: 'failed', failure: failure('not-verified', 'The certificate is not valid.', 'CERT_INVALID') };
    case 'valid':
    case 'unknown':
      return { kind: 'signed', signature: signature.toString('base64'), signer };
  }
}

/** The signature of one SignResponse; throws `Failed` with the connector's own error where it has none. */
function signatureIn(response: Element | undefined): Buffer {
  if (response === undefined) throw new Failed(failure('protocol', 'The connector did not answer for this document.'));
  requireStatus(response);
  const object = childOf(response, namespaces.dss, 'SignatureObject');
  const base64 = object === null ? null : childText(object, namespaces.dss, 'Base64Signature');
  const error = errorIn(response);
  if (base64 === null && error !== null) throw new Failed(error);
  if (base64 === null || !/^[A-Za-z0-9+/=\s]+$/.test(base64))
    throw new Failed(failure('protocol', 'The connector answered without a signature.'));
  return Buffer.from(base64, 'base64');
}

async function requestJobNumber({ http, services, context, signal }: CardCalls): Promise<string> {
  const { endpoint, namespace } = services.signature;
  const answer = await callSoap(
    http,
    { endpoint, namespace, operation: 'GetJobNumber', body: getJobNumber(namespace, context), timeout: shortCall },
    signal,
  );
  const number = childText(answer, namespace, 'JobNumber');
  if (number === null || !/^[A-Z]{3}-[0-9]{3}$/.test(number))
    throw new Failed(failure('protocol', 'The connector gave no job number.'));
  return number;
}

/** Tells the connector to stop; whether it does is its own business, the caller has already been answered. */
async function stopJob({ http, services, context }: CardCalls, jobNumber: string): Promise<void> {
  const { endpoint, namespace } = services.signature;
  const body = stopSignature(namespace, context, jobNumber);
  await caught(() => callSoap(http, { endpoint, namespace, operation: 'StopSignature', body, timeout: 5_000 }));
}
