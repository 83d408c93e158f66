import type { Failure, Result } from '../../contract/call';
import type { ConnectorConnection } from '../../contract/connections';
import type { CardChoice, SignatureOutcome } from '../../contract/contract';
import { caught, Failed, failure } from '../failure';
import { type CardCalls, chooseCard, preparePin } from './cards';
import { verifyCades } from './cms';
import { discover } from './discovery';
import { ConnectorHttp } from './http';
import { namespaces } from './namespaces';
import { type DocumentToSign, getJobNumber, signDocument, stopSignature } from './requests';
import { callSoap, requireStatus } from './soap';
import { childOf, childrenOf, childText, type Element } from './xml';

/** What an HBA signs after one PIN entry, at most. A larger stack is signed in several, with a PIN for each. */
const largestBatch = 250;
const shortCall = 60_000;
/** A person types the PIN; then the card signs, and the connector fetches revocation information for each. */
const pinTime = 300_000;
const signingTime = 6_000;

/** A name and the bytes to sign. */
export interface Document {
  readonly name: string;
  readonly content: Buffer;
}

type Outcome = { name: string; outcome: SignatureOutcome };

/**
 * Signs each document by itself with one card (P4-01, P4-02), in batches of what the card allows, and checks every signature before it is returned.
 *
 * The result fails only where nothing could be signed at all. From then on each document has its own outcome, in the order given: what is signed stays
 * signed though the connector dies in the middle. When `signal` aborts, the connector is told to stop and the rest is `cancelled`.
 */
export async function signDocuments(
  connection: ConnectorConnection,
  choice: CardChoice,
  documents: readonly Document[],
  now: () => Date,
  signal: AbortSignal,
): Promise<Result<Outcome[]>> {
  return caught(async () => {
    const http = new ConnectorHttp(connection);
    try {
      const services = await discover(http, connection);
      const calls: CardCalls = { http, services, context: connection.context, signal };
      const card = await chooseCard(calls, choice);
      await preparePin(calls, card, choice.kind === 'HBA' ? 'PIN.QES' : 'PIN.SMC');
      const outcomes: Outcome[] = [];
      for (let from = 0; from < documents.length; from += largestBatch) {
        const batch = documents.slice(from, from + largestBatch);
        const signed = await signBatch(calls, card.handle, batch, connection.cardAuthorities, now);
        outcomes.push(...signed.outcomes);
        if (signed.broken !== null) {
          const reason = signed.broken;
          if (!outcomes.some(({ outcome }) => outcome.kind === 'signed')) throw new Failed(reason);
          const left = documents.slice(from + largestBatch);
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

/** Signs one batch. `broken`: the whole call failed, and further batches would too. */
async function signBatch(
  calls: CardCalls,
  cardHandle: string,
  batch: readonly Document[],
  cardAuthorities: readonly string[],
  now: () => Date,
): Promise<{ outcomes: Outcome[]; broken: Failure | null }> {
  const { http, services, context, signal } = calls;
  const { endpoint, namespace } = services.signature;
  const withIds: DocumentToSign[] = batch.map(({ name, content }, index) => ({ id: `d${index + 1}`, name, content }));
  const signing = await caught(async () => {
    const jobNumber = await requestJobNumber(calls);
    const stopping: Promise<void>[] = [];
    const stop = () => stopping.push(stopJob(calls, jobNumber));
    signal?.addEventListener('abort', stop, { once: true });
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
        signal,
      );
    } finally {
      signal?.removeEventListener('abort', stop);
      await Promise.all(stopping);
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
  for (const { id, name, content } of withIds) {
    const taken = await caught(async () => signatureIn(responses.get(id)));
    outcomes.push({
      name,
      outcome: taken.kind === 'failed' ? taken : accepted(taken.value, content, cardAuthorities, now()),
    });
  }
  return { outcomes, broken: null };
}

function accepted(signature: Buffer, content: Buffer, authorities: readonly string[], at: Date): SignatureOutcome {
  const checked = verifyCades(signature, content, authorities, at);
  if (checked.kind === 'failed') return checked;
  return { kind: 'signed', signature: signature.toString('base64'), signer: checked.value };
}

/** The signature of one SignResponse; throws `Failed` with the connector's own error where it has none. */
function signatureIn(response: Element | undefined): Buffer {
  if (response === undefined) throw new Failed(failure('protocol', 'The connector did not answer for this document.'));
  requireStatus(response);
  const object = childOf(response, namespaces.dss, 'SignatureObject');
  const base64 = object === null ? null : childText(object, namespaces.dss, 'Base64Signature');
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
